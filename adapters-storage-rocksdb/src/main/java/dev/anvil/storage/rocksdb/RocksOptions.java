package dev.anvil.storage.rocksdb;

/**
 * Settings of the engines on RocksDB. Engines of one process with equal settings share one cache,
 * one write buffer budget and the library's background threads.
 *
 * @param cacheBytes native memory for blocks, indexes, filters and write buffers of all engines
 *     together
 * @param writeBufferBytes the part of it that write buffers of all engines may take
 * @param memtableBytes write buffer of one engine, after which it goes to the disk; also bounds the
 *     log that an opening replays
 * @param maxOpenFiles table files one engine keeps open
 * @param backgroundJobs flushes and compactions that run at once in the process
 * @param inlineLimit greatest body in bytes that travels inside a commit
 */
public record RocksOptions(
    long cacheBytes,
    long writeBufferBytes,
    long memtableBytes,
    int maxOpenFiles,
    int backgroundJobs,
    int inlineLimit) {
  /** Refuses what makes no engine. */
  public RocksOptions {
    require(cacheBytes >= 8L << 20, "cacheBytes", cacheBytes, "at least 8 MiB");
    require(
        writeBufferBytes >= 4L << 20 && writeBufferBytes <= cacheBytes,
        "writeBufferBytes",
        writeBufferBytes,
        "from 4 MiB to cacheBytes");
    require(
        memtableBytes >= 1L << 20 && memtableBytes <= writeBufferBytes,
        "memtableBytes",
        memtableBytes,
        "from 1 MiB to writeBufferBytes");
    require(
        maxOpenFiles >= 16 && maxOpenFiles <= 4_096,
        "maxOpenFiles",
        maxOpenFiles,
        "from 16 to 4096");
    require(
        backgroundJobs >= 1 && backgroundJobs <= 16,
        "backgroundJobs",
        backgroundJobs,
        "from 1 to 16");
    require(
        inlineLimit >= 0 && inlineLimit <= 32 << 10,
        "inlineLimit",
        inlineLimit,
        "from 0 to 32 KiB");
  }

  /** 64 MiB for blocks, 64 MiB for write buffers. */
  public static RocksOptions defaults() {
    return new RocksOptions(128L << 20, 64L << 20, 8L << 20, 48, 2, 1024);
  }

  private static void require(boolean holds, String name, long value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", it must be " + rule);
    }
  }
}
