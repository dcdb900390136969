package dev.anvil.ports.bodies;

/**
 * What a step of compaction may do.
 *
 * @param deadShare volumes whose share of garbage is below are left alone, 0..1
 * @param maxBytes to copy in this step, at least one frame is
 * @param spareDying whether a volume that still lives is left alone while its bodies die so fast
 *     that it would soon be dead without a copy
 * @param retire whether a volume that is written may be given up for its garbage
 */
public record CompactionTerms(double deadShare, long maxBytes, boolean spareDying, boolean retire) {
  /** Refuses a share that is none. */
  public CompactionTerms {
    if (!(deadShare >= 0 && deadShare <= 1)) {
      throw new IllegalArgumentException(
          "a share of garbage of " + deadShare + ": it lies in 0..1");
    }
  }

  /** Whatever has that share of garbage, at once. */
  public static CompactionTerms whatever(double deadShare, long maxBytes) {
    return new CompactionTerms(deadShare, maxBytes, false, true);
  }
}
