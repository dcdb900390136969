package dev.anvil.http.authz;

import dev.anvil.authz.store.Consistency;
import dev.anvil.http.documents.Values;
import dev.anvil.ports.failure.Invalid;
import java.util.Map;

/**
 * How new the relationships must be.
 *
 * @param mode {@code fully_consistent}, {@code minimize_latency}, {@code at_least_as_fresh} or
 *     {@code at_exact_snapshot}
 * @param token a revision token, where the mode needs one
 */
public record ConsistencyDocument(String mode, String token) {
  static Consistency of(ConsistencyDocument d) {
    if (d == null) {
      return Consistency.FULL;
    }
    return switch (Values.member("consistency.mode", d.mode)) {
      case "fully_consistent" -> Consistency.FULL;
      case "minimize_latency" ->
          d.token == null ? new Consistency.Latency() : new Consistency.AtLeast(d.token);
      case "at_least_as_fresh" ->
          new Consistency.AtLeast(Values.member("consistency.token", d.token));
      case "at_exact_snapshot" ->
          new Consistency.Exact(Values.member("consistency.token", d.token));
      default ->
          throw new Invalid(
              Invalid.Reason.ARGUMENT,
              "'consistency.mode' is fully_consistent, minimize_latency, at_least_as_fresh or"
                  + " at_exact_snapshot",
              Map.of("name", "consistency.mode"));
    };
  }
}
