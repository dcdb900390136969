package dev.anvil.objects.rules;

import dev.anvil.ports.failure.Invalid;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Until when a version must stay.
 *
 * @param mode how firmly
 * @param until whole milliseconds; at that instant it ends
 */
public record Retention(LockMode mode, Instant until) {
  /** Cuts what records do not keep. */
  public Retention {
    until = until.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Refuses one that would be over already.
   *
   * @throws Invalid InvalidArgument
   */
  public void requireFuture(Instant now) {
    if (!until.isAfter(now)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "The retain until date must be in the future!",
          Map.of("argument", "RetainUntilDate", "value", until.toString()));
    }
  }

  /** Whether it still holds. */
  public boolean holds(Instant now) {
    return until.isAfter(now);
  }

  /**
   * Whether it may give way to another one, or to none.
   *
   * @param other what shall hold instead, or null for none
   * @param bypass whether the caller may bypass governance
   */
  public boolean yieldsTo(Retention other, Instant now, boolean bypass) {
    if (!holds(now)) {
      return true;
    }
    boolean longer = other != null && other.mode() == mode && !other.until().isBefore(until);
    return longer || mode == LockMode.GOVERNANCE && bypass;
  }
}
