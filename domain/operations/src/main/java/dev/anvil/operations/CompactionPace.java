package dev.anvil.operations;

import dev.anvil.ports.bodies.CompactionTerms;

/**
 * How eagerly space is given back: at full pace while nobody wants the node, with a small share of
 * it while many do, and at full pace again once garbage presses. So what is garbage stays below
 * {@link #garbageBound}, but for what comes while it is worked off, however long a node is busy.
 *
 * @param terms of the next step
 * @param full whether the step after it follows at once; otherwise it waits for the duty's period
 */
record CompactionPace(CompactionTerms terms, boolean full) {
  /** Garbage at which a volume is compacted while others write. */
  static final double DEAD_SHARE = 0.5;

  /** The same in quiet times: what is left takes a quarter more than is held. */
  static final double QUIET_DEAD_SHARE = 0.2;

  /** Copied in a step. */
  static final long STEP_BYTES = 8L << 20;

  /** The same while the node is busy, once in each period of the duty. */
  static final long BUSY_STEP_BYTES = 1L << 20;

  /** Garbage that a busy node may always hold, a volume and a half; beyond it, what is alive. */
  static final long GARBAGE_ALLOWED = 768L << 20;

  /** Garbage presses from this part of the disk's free space, should that be less. */
  static final long FREE_PART = 2;

  /**
   * What a step is decided by.
   *
   * @param busy whether the node has much else to do
   * @param quiet whether nobody wrote a body for a while
   * @param liveBytes of bodies
   * @param garbageBytes of volumes
   * @param freeBytes of the disk
   */
  record Sight(boolean busy, boolean quiet, long liveBytes, long garbageBytes, long freeBytes) {}

  static CompactionPace of(Sight sight) {
    if (presses(sight)) {
      return full(sight, false);
    }
    return sight.busy()
        ? new CompactionPace(new CompactionTerms(DEAD_SHARE, BUSY_STEP_BYTES, true, false), false)
        : full(sight, true);
  }

  private static CompactionPace full(Sight sight, boolean spareDying) {
    double share = sight.quiet() && !sight.busy() ? QUIET_DEAD_SHARE : DEAD_SHARE;
    return new CompactionPace(new CompactionTerms(share, STEP_BYTES, spareDying, true), true);
  }

  private static boolean presses(Sight sight) {
    return sight.garbageBytes() > garbageBound(sight.liveBytes(), sight.freeBytes());
  }

  /** Garbage that is left alone while the node is busy. */
  static long garbageBound(long liveBytes, long freeBytes) {
    return Math.min(Math.max(GARBAGE_ALLOWED, liveBytes), freeBytes / FREE_PART);
  }
}
