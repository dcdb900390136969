package dev.anvil.bench.scale;

import dev.anvil.bench.process.Arguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a study is to do.
 *
 * @param engines of ours
 * @param heaps of the server on Xodus, the further ones at the most objects alone; RocksDB keeps
 *     its blocks outside and has the first alone
 * @param most objects on Xodus
 * @param mostRocks objects on RocksDB
 * @param clients numbers of them at {@link #clientsAt} objects
 * @param warmUp of each server
 * @param window of one measurement
 * @param least objects a second below which a filling gives up
 * @param bound of the whole study: nothing begins after it
 * @param folder of all data, null for a fresh one
 * @param results where the report goes
 * @param seed of all randomness
 */
record ScaleOptions(
    List<String> engines,
    List<String> heaps,
    long most,
    long mostRocks,
    List<Integer> clients,
    Duration warmUp,
    Duration window,
    double least,
    Duration bound,
    Path folder,
    Path results,
    long seed) {
  static final String USAGE =
      """
      bench/scale [--quick] [--engines LIST] [--heaps LIST] [--most N] [--most-rocksdb N]
                  [--clients LIST] [--warm-up S] [--seconds S] [--least N] [--minutes N] [--folder DIR]
                  [--results DIR] [--seed N]

        --quick         1,000 and 10,000 objects, short windows, a minute
        --engines       xodus,rocksdb by default
        --heaps         of the server on Xodus, 512m by default; further ones, such as 512m,1g, at the most objects
                        alone; on RocksDB the first
        --most          objects on Xodus, 1000000 by default
        --most-rocksdb  objects on RocksDB, 10000000 by default; beyond 1000000 they have 16
                        bytes, and are left out if filling them does not fit into the time
        --clients       at 100,000 objects, 1,4,16,64,256 by default
        --warm-up       seconds of all operations on each server, 25 by default
        --seconds       of one measurement, 1 by default
        --least         objects a second below which a filling gives up, 4000 by default
        --minutes       14 by default; nothing begins that they do not hold; 25 hold the largest size
        --folder        of all data, a fresh one below the system's folder of temporary files
        --results       bench/results by default
      """;

  /** Objects at which the study stops and measures, as far as an engine goes. */
  static final long[] SIZES = {1_000, 10_000, 100_000, 1_000_000, 10_000_000};

  // a start, its warm-up, its consumers, every operation
  private static final double POINT_SECONDS = 42;
  // a size that is ten times as large is filled more slowly than the last
  private static final double SLOWER = 1.2;
  private static final long CLIENTS_AT = 100_000;

  /** Objects up to this number have 4 KiB, further ones 16 bytes. */
  static final long LARGE = 1_000_000;

  /** Bytes of the further ones. */
  static final int SMALL_BYTES = 16;

  static ScaleOptions parse(String[] args) {
    Arguments given = new Arguments(args);
    boolean quick = given.flag("--quick");
    String folder = given.value("--folder", null);
    ScaleOptions options =
        new ScaleOptions(
            given.list("--engines", "xodus,rocksdb"),
            given.list("--heaps", "512m"),
            Long.parseLong(given.value("--most", quick ? "10000" : "1000000")),
            Long.parseLong(given.value("--most-rocksdb", quick ? "10000" : "10000000")),
            given.list("--clients", quick ? "1,16" : "1,4,16,64,256").stream()
                .map(Integer::valueOf)
                .toList(),
            seconds(given.value("--warm-up", quick ? "2" : "25")),
            seconds(given.value("--seconds", quick ? "0.3" : "1")),
            Double.parseDouble(given.value("--least", "4000")),
            seconds(given.value("--minutes", "14")).multipliedBy(60),
            folder == null ? null : Path.of(folder),
            Path.of(given.value("--results", "bench/results")),
            Long.parseLong(given.value("--seed", Long.toString(System.nanoTime()))));
    given.nothingLeft();
    return options;
  }

  /**
   * What a size takes.
   *
   * @param more objects to fill in
   * @param rate objects a second of the filling before
   * @param points servers that are measured on it
   */
  static double neededSeconds(long more, double rate, int points) {
    return more * SLOWER / rate + points * POINT_SECONDS;
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis((long) (1_000 * Double.parseDouble(text)));
  }

  /** Where the clients are varied: at 100,000, or at the most of a short study. */
  long clientsAt() {
    return Math.min(CLIENTS_AT, most);
  }

  long most(String engine) {
    return engine.equals("rocksdb") ? mostRocks : most;
  }

  /** The heaps of the server on a size. */
  List<String> heaps(String engine, long size) {
    return engine.equals("rocksdb") || size < most ? heaps.subList(0, 1) : heaps;
  }
}
