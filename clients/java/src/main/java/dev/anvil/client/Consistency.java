package dev.anvil.client;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How new the relationships must be that an answer rests on.
 *
 * @param mode as the API names it
 * @param token a revision, of a write or of another answer; null where the mode needs none
 */
public record Consistency(String mode, String token) {
  /** Every write that was acknowledged before: what is asked for if nothing is said. */
  public static final Consistency FULL = new Consistency("fully_consistent", null);

  /** Whatever answers soonest. */
  public static final Consistency SOONEST = new Consistency("minimize_latency", null);

  /** This revision or a later one. */
  public static Consistency atLeast(String token) {
    return new Consistency("at_least_as_fresh", token);
  }

  /** Exactly this revision. */
  public static Consistency at(String token) {
    return new Consistency("at_exact_snapshot", token);
  }

  void into(ObjectNode body) {
    if (!equals(FULL)) {
      ObjectNode document = body.putObject("consistency").put("mode", mode);
      if (token != null) {
        document.put("token", token);
      }
    }
  }
}
