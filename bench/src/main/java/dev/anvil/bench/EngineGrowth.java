package dev.anvil.bench;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.storage.WriteSet.Mutation;
import dev.anvil.storage.rocksdb.RocksEngine;
import dev.anvil.storage.rocksdb.RocksOptions;
import dev.anvil.storage.xodus.XodusEngine;
import dev.anvil.storage.xodus.XodusOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * How an engine behaves as its key count grows: groups of 64 puts with one commit and one sync, a
 * put being a read of the old record, a record of 220 bytes under a random key, and 150 bytes of
 * the group's journal block under an ascending key.
 *
 * <p>Arguments: engine, folder, then key counts to stop and measure at; options as name=value among
 * them: seed, page (KiB, Xodus), cache (MiB), memtable (MiB, RocksDB), inline (bytes of a body that
 * travels in the commit), overwrite (puts over existing keys at the end).
 */
public final class EngineGrowth {
  private static final int GROUP = 64;
  private static final int RECORD_BYTES = 220;
  private static final int JOURNAL_BYTES = 150;
  private static final int READS = 20_000;

  private final Engine engine;
  private final SplittableRandom random;
  private final long seed;
  private final int inline;
  private final byte[] noise = new byte[1 << 16];
  private long cursor;

  private EngineGrowth(Engine engine, long seed, int inline) {
    this.engine = engine;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.inline = inline;
    random.nextBytes(noise);
  }

  /** Runs it; see the class. */
  public static void main(String[] args) throws IOException {
    Options options = Options.of(args);
    Path folder = Path.of(args[1]);
    Files.createDirectories(folder);
    System.out.printf("engine=%s seed=%d %s%n", args[0], options.seed, Arrays.toString(args));
    System.out.println(
        "     keys |  puts/s us/put | group p50    p99    max ms | read us cpu/wall | disk MB rss"
            + " MB");
    long opened = System.nanoTime();
    try (Engine engine = options.open(args[0], folder)) {
      EngineGrowth growth = new EngineGrowth(engine, options.seed, options.inline);
      long at = 0;
      for (long next : options.stops) {
        growth.measure("", at, next, next);
        at = next;
      }
      if (options.overwrite > 0) {
        growth.measure("over", 0, options.overwrite, at);
      }
    }
    long closed = System.nanoTime();
    try (Engine engine = options.open(args[0], folder);
        EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      r.get(new byte[] {1});
      System.out.printf(
          Locale.ROOT,
          "reopen %.0f ms after a run of %.0f s%n",
          (System.nanoTime() - closed) / 1e6,
          (closed - opened) / 1e9);
    }
  }

  private void measure(String label, long from, long to, long keys) throws IOException {
    Histogram groups = new Histogram(3);
    long wall = System.nanoTime();
    long cpu = cpuNanos();
    for (long i = from; i < to; i += GROUP) {
      long start = System.nanoTime();
      group(i, Math.min(i + GROUP, to), label.isEmpty() ? -1 : keys);
      groups.recordValue(System.nanoTime() - start);
    }
    double puts = to - from;
    double seconds = (System.nanoTime() - wall) / 1e9;
    double usPerPut = (cpuNanos() - cpu) / 1e3 / puts;
    long readWall = System.nanoTime();
    long readCpu = cpuNanos();
    int found = read(keys);
    if (found != READS) {
      throw new IllegalStateException(found + " of " + READS + " keys found");
    }
    System.out.printf(
        Locale.ROOT,
        "%9d | %7.0f %6.1f | %9.2f %6.2f %6.1f    | %8.1f %7.1f | %7d %6d %s%n",
        keys,
        puts / seconds,
        usPerPut,
        groups.getValueAtPercentile(50) / 1e6,
        groups.getValueAtPercentile(99) / 1e6,
        groups.getMaxValue() / 1e6,
        (cpuNanos() - readCpu) / 1e3 / READS,
        (System.nanoTime() - readWall) / 1e3 / READS,
        engine.stats().diskBytes() >> 20,
        rssMiB(),
        label);
  }

  private void group(long from, long to, long overwriteBelow) {
    TreeMap<byte[], byte[]> set = new TreeMap<>(Arrays::compareUnsigned);
    try (EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      for (long i = from; i < to; i++) {
        byte[] key = key(overwriteBelow < 0 ? i : random.nextLong(overwriteBelow));
        r.get(key);
        set.put(key, bytes(RECORD_BYTES));
        if (inline > 0) {
          set.put(
              ByteBuffer.allocate(9).put((byte) 2).putLong(cursor + i - from).array(),
              bytes(inline));
        }
      }
    }
    int n = (int) (to - from);
    set.put(ByteBuffer.allocate(9).put((byte) 3).putLong(cursor).array(), bytes(n * JOURNAL_BYTES));
    cursor += n;
    engine.commit(
        new WriteSet(
            set.entrySet().stream().map(e -> new Mutation(e.getKey(), e.getValue())).toList()));
    engine.sync();
  }

  private int read(long keys) {
    int found = 0;
    try (EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      for (int i = 0; i < READS; i++) {
        if (r.get(key(random.nextLong(keys))) != null) {
          found++;
        }
      }
    }
    return found;
  }

  /** A key of 25 bytes, scattered over its range. */
  private byte[] key(long number) {
    SplittableRandom scatter = new SplittableRandom(seed ^ number * 0x9E3779B97F4A7C15L);
    return ByteBuffer.allocate(25)
        .put((byte) 1)
        .putLong(7)
        .putLong(scatter.nextLong())
        .putLong(scatter.nextLong())
        .array();
  }

  private byte[] bytes(int length) {
    int at = random.nextInt(noise.length - length);
    return Arrays.copyOfRange(noise, at, at + length);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long rssMiB() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(l -> l.startsWith("VmRSS"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }

  private record Options(
      long seed,
      int pageKib,
      long cacheMib,
      long memtableMib,
      int inline,
      long overwrite,
      long[] stops) {
    static Options of(String[] args) {
      return new Options(
          option(args, "seed", 42),
          (int) option(args, "page", 0),
          option(args, "cache", 0),
          option(args, "memtable", 0),
          (int) option(args, "inline", 0),
          option(args, "overwrite", 0),
          Arrays.stream(args)
              .skip(2)
              .filter(a -> !a.contains("="))
              .mapToLong(Long::parseLong)
              .toArray());
    }

    private static long option(String[] args, String name, long otherwise) {
      return Arrays.stream(args)
          .filter(a -> a.startsWith(name + "="))
          .mapToLong(a -> Long.parseLong(a.substring(name.length() + 1)))
          .findFirst()
          .orElse(otherwise);
    }

    Engine open(String engine, Path folder) {
      return switch (engine) {
        case XodusEngine.NAME -> {
          XodusOptions d = XodusOptions.defaults();
          yield XodusEngine.open(
              folder,
              new XodusOptions(
                  cacheMib > 0 ? cacheMib << 20 : d.cacheBytes(),
                  pageKib > 0 ? pageKib << 10 : d.pageBytes(),
                  d.fileBytes(),
                  d.minUtilization(),
                  d.cleanerMillis(),
                  d.inlineLimit()));
        }
        case RocksEngine.NAME -> {
          RocksOptions d = RocksOptions.defaults();
          yield RocksEngine.open(
              folder,
              new RocksOptions(
                  cacheMib > 0 ? cacheMib << 20 : d.cacheBytes(),
                  d.writeBufferBytes(),
                  memtableMib > 0 ? memtableMib << 20 : d.memtableBytes(),
                  d.maxOpenFiles(),
                  d.backgroundJobs(),
                  d.inlineLimit()));
        }
        default -> throw new IllegalArgumentException("no engine '" + engine + "'");
      };
    }
  }
}
