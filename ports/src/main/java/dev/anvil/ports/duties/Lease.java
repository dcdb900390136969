package dev.anvil.ports.duties;

/** The right to do a duty for now. */
public interface Lease {
  /** Fencing token: grows with every new holder; every write of the duty carries it. */
  long token();

  /** Whether the right still stands, by the monotonic clock. */
  boolean held();

  /**
   * Called before each step; a step lasts less than a third of the lease.
   *
   * @throws dev.anvil.ports.failure.StaleFence if the right is gone: end at once
   */
  void check();
}
