package dev.anvil.ports.storage;

/**
 * What a write function announces.
 *
 * @param reads records it reads at most; more is a programming error
 * @param bytes rough bytes it will write, for the bound on waiting functions
 * @param groundwork to be laid before it runs, or null
 */
public record WriteBounds(int reads, int bytes, Groundwork groundwork) {
  /** For functions that touch a handful of records. */
  public static final WriteBounds DEFAULT = new WriteBounds(WaistLimits.DEFAULT_READS, 1_024);

  /** Refuses bounds beyond the waist's. */
  public WriteBounds {
    if (reads < 1 || reads > WaistLimits.MAX_READS) {
      throw new IllegalArgumentException(
          "reads " + reads + " is outside 1.." + WaistLimits.MAX_READS);
    }
  }

  /** Without groundwork. */
  public WriteBounds(int reads, int bytes) {
    this(reads, bytes, null);
  }

  /** For a function over a list. */
  public static WriteBounds reads(int reads) {
    return new WriteBounds(reads, 1_024);
  }
}
