package dev.anvil.storage.rocksdb;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;

/** Bytes of the files in a folder, looked up again only after a while. */
final class DiskUse {
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

  private final File folder;
  private boolean known;
  private long at;
  private long bytes;

  DiskUse(Path folder) {
    this.folder = folder.toFile();
  }

  synchronized long bytes() {
    long now = System.nanoTime();
    if (!known || now - at > FRESH_NANOS) {
      bytes = sum();
      at = now;
      known = true;
    }
    return bytes;
  }

  private long sum() {
    File[] files = folder.listFiles();
    long sum = 0;
    if (files != null) {
      for (File file : files) {
        sum += file.length();
      }
    }
    return sum;
  }
}
