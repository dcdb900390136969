package dev.anvil.ports.testkit;

/** What a crash of {@link MemoryDisk} takes with it. */
public enum CrashLoss {
  /** Nothing: the process was killed and the page cache lived on. */
  NOTHING,
  /** Every write, creation, rename and deletion that was not synced. */
  ALL_UNSYNCED,
  /** A seeded choice of them, writes torn in the middle included, in any order. */
  SOME_UNSYNCED
}
