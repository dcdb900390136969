package dev.anvil.ports.testkit;

/** What {@link MemoryDisk} does to one changing operation instead of doing it. */
public enum DiskFault {
  /** Throws and changes nothing. */
  FAIL,
  /** Does it, then throws: the caller cannot know. */
  FAIL_AFTER,
  /** Writes the first half of the bytes, then throws; other operations fail unchanged. */
  TORN,
  /** Like {@link #FAIL}, and everything after fails too until {@link MemoryDisk#crash}. */
  CRASH,
  /** Like {@link #TORN}, and everything after fails too until {@link MemoryDisk#crash}. */
  CRASH_TORN,
  /** Like {@link #FAIL_AFTER}, and everything after fails too until {@link MemoryDisk#crash}. */
  CRASH_AFTER
}
