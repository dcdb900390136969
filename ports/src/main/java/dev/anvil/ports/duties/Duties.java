package dev.anvil.ports.duties;

import java.time.Duration;

/**
 * Hands duties to whichever process holds their lease; at most one holder writes, because writes
 * carry the token.
 */
public interface Duties {
  /**
   * Seeks the lease and, while held, runs steps; rests for the period when a step finds nothing.
   */
  Registration seek(DutyName name, Duration period, Duty duty);
}
