package dev.anvil.storage.xodus;

/**
 * Settings of the engines on Xodus.
 *
 * @param cacheBytes heap that all engines of the process share for pages of their logs; the first
 *     engine a process opens decides
 * @param pageBytes page of the log cache, a power of two; what a miss reads; the first engine a
 *     process opens decides
 * @param fileBytes length of a log file, a multiple of the page; bounds the greatest value, and is
 *     the piece in which the cleaner works
 * @param minUtilization percentage of live bytes under which the cleaner compacts a log
 * @param cleanerMillis how long the cleaner may keep the writer out before it gives way; it always
 *     ends the file it has begun
 * @param inlineLimit greatest body in bytes that travels inside a commit
 */
public record XodusOptions(
    long cacheBytes,
    int pageBytes,
    int fileBytes,
    int minUtilization,
    int cleanerMillis,
    int inlineLimit) {
  /** Smallest cache: below it every commit reads its own tree from the disk. */
  public static final long MIN_CACHE_BYTES = 8L << 20;

  /** Shortest log file: it must hold the longest value and the tree pages above it. */
  public static final int MIN_FILE_BYTES = 8 << 20;

  private static final long CACHE_PERCENT = 45;
  private static final long DEFAULT_MAX_CACHE_BYTES = 1L << 30;

  /** Refuses what the library or the bounds of the waist do not carry. */
  public XodusOptions {
    require(cacheBytes >= MIN_CACHE_BYTES, "cacheBytes", cacheBytes, "at least 8 MiB");
    require(
        cacheBytes <= Runtime.getRuntime().maxMemory() / 2,
        "cacheBytes",
        cacheBytes,
        "at most half of the heap");
    require(
        pageBytes >= 1024 && pageBytes <= 1 << 20 && Integer.bitCount(pageBytes) == 1,
        "pageBytes",
        pageBytes,
        "a power of two from 1 KiB to 1 MiB");
    require(
        fileBytes >= MIN_FILE_BYTES && fileBytes % pageBytes == 0,
        "fileBytes",
        fileBytes,
        "at least 8 MiB and a multiple of pageBytes");
    require(
        minUtilization >= 1 && minUtilization <= 90,
        "minUtilization",
        minUtilization,
        "from 1 to 90 percent");
    require(
        cleanerMillis >= 1 && cleanerMillis <= 1_000,
        "cleanerMillis",
        cleanerMillis,
        "from 1 to 1000 milliseconds");
    require(
        inlineLimit >= 0 && inlineLimit <= 32 << 10,
        "inlineLimit",
        inlineLimit,
        "from 0 to 32 KiB");
  }

  /** A good two fifths of the heap for the cache, and what was measured to suit. */
  public static XodusOptions defaults() {
    long share = Runtime.getRuntime().maxMemory() / 100 * CACHE_PERCENT;
    long cache = Math.clamp(share, MIN_CACHE_BYTES, DEFAULT_MAX_CACHE_BYTES);
    return new XodusOptions(cache, 16 << 10, MIN_FILE_BYTES, 50, 10, 1024);
  }

  private static void require(boolean holds, String name, long value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", it must be " + rule);
    }
  }
}
