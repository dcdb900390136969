package dev.anvil.ports.duties;

/** Background work in small, resumable, idempotent steps. */
@FunctionalInterface
public interface Duty {
  /**
   * Does one bounded step; called again while it says there is more.
   *
   * @return whether more work waits now; otherwise the duty rests for its period
   */
  boolean step(Lease lease) throws InterruptedException;
}
