package dev.anvil.bench.side;

import dev.anvil.bench.history.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.HdrHistogram.Histogram;

/**
 * What the machine can do at best, in the same run.
 *
 * @param system kernel and architecture
 * @param processor its model
 * @param cores of the machine
 * @param memoryMib of the machine
 * @param fileSystem of the data
 * @param syncP50Micros of appending 4 KiB and fdatasync, one thread
 * @param syncP99Micros of the same
 * @param md5Micros of a MiB
 * @param sha256Micros of a MiB
 * @param copyMicros of a MiB
 */
public record Machine(
    String system,
    String processor,
    int cores,
    long memoryMib,
    String fileSystem,
    double syncP50Micros,
    double syncP99Micros,
    double md5Micros,
    double sha256Micros,
    double copyMicros) {
  private static final int SYNCS = 1_000;
  private static final int DIGESTS = 60;
  private static final int MIB = 1 << 20;

  /** Measures it, in a second or two; the folder says which disk. */
  public static Machine measure(Path folder) throws IOException {
    Histogram syncs = syncs(folder.resolve("syncs"));
    byte[] data = Payload.of(1, MIB);
    ByteBuffer copy = ByteBuffer.allocateDirect(MIB);
    return new Machine(
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        field(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").split(" ")[0]) >> 10,
        Files.getFileStore(folder).type(),
        syncs.getValueAtPercentile(50),
        syncs.getValueAtPercentile(99),
        digest("MD5", data),
        digest("SHA-256", data),
        best(() -> copy.clear().put(data)));
  }

  private static Histogram syncs(Path file) throws IOException {
    Histogram micros = new Histogram(60_000_000, 3);
    ByteBuffer block = ByteBuffer.allocateDirect(Stage.KIB_4);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        long began = System.nanoTime();
        channel.write(block.clear());
        channel.force(false);
        micros.recordValue((System.nanoTime() - began) / 1000);
      }
    }
    Files.delete(file);
    return micros;
  }

  private static double digest(String name, byte[] data) {
    try {
      MessageDigest digest = MessageDigest.getInstance(name);
      return best(() -> digest.digest(data));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }

  /** The median of some repetitions, after as many that warm up. */
  private static double best(Runnable work) {
    Histogram nanos = new Histogram(60_000_000_000L, 3);
    for (int i = 0; i < 2 * DIGESTS; i++) {
      long began = System.nanoTime();
      work.run();
      if (i >= DIGESTS) {
        nanos.recordValue(System.nanoTime() - began);
      }
    }
    return nanos.getValueAtPercentile(50) / 1e3;
  }

  private static String field(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("0 unknown");
  }
}
