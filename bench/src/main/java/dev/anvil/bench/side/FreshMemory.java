package dev.anvil.bench.side;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Free memory that was used once before the rows. Where a hypervisor lends memory when it is first
 * touched, the first server to write into it would pay for all.
 *
 * @param mib touched, 0 if none was
 * @param seconds that took
 * @param before CPU microseconds of appending and syncing a MiB before
 * @param after the same afterwards
 */
record FreshMemory(long mib, double seconds, double before, double after) {
  private static final int MIB = 1 << 20;
  private static final int APPENDED = 256;
  // the system's own, and what the servers take while they start
  private static final long LEFT_MIB = 512;
  private static final Duration BOUND = Duration.ofSeconds(90);

  /** Nothing was touched. */
  static FreshMemory untouched(Path folder) throws IOException {
    double append = append(folder);
    return new FreshMemory(0, 0, append, append);
  }

  /**
   * Touches what is free, so many MiB at most, 90 s at most. It reads a file without blocks: its
   * pages are the system's memory and never go to the disk.
   */
  static FreshMemory touch(Path folder, long mostMib) throws IOException {
    double before = append(folder);
    long target = Math.clamp(freeMib() - LEFT_MIB, 0, mostMib);
    Path file = folder.resolve("memory");
    long began = System.nanoTime();
    long mib = 0;
    try (RandomAccessFile holes = new RandomAccessFile(file.toFile(), "rw")) {
      holes.setLength(target * MIB);
      ByteBuffer buffer = ByteBuffer.allocateDirect(MIB);
      while (mib < target && System.nanoTime() - began < BOUND.toNanos()) {
        holes.getChannel().read(buffer.clear());
        mib++;
      }
    } finally {
      Files.deleteIfExists(file);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new FreshMemory(mib, seconds, before, append(folder));
  }

  /** In the words of a report. */
  String words() {
    return mib == 0
        ? "Free memory was not touched before; appending a MiB took "
            + Figures.of(before)
            + " us of CPU."
        : String.format(
            java.util.Locale.ROOT,
            "Before the rows %,d MiB of free memory were touched once, in %.0f s: appending a MiB"
                + " took %s us of CPU before and %s after.",
            mib,
            seconds,
            Figures.of(before),
            Figures.of(after));
  }

  /** Pages that nobody uses. */
  private static long freeMib() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemFree:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElse(0);
  }

  private static double append(Path folder) throws IOException {
    Path file = folder.resolve("appended");
    ByteBuffer block = ByteBuffer.allocateDirect(MIB);
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < APPENDED; i++) {
        channel.write(block.clear());
      }
      channel.force(false);
    } finally {
      Files.deleteIfExists(file);
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e3 / APPENDED;
  }
}
