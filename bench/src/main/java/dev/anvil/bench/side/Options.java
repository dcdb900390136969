package dev.anvil.bench.side;

import dev.anvil.bench.peers.Peers;
import dev.anvil.bench.process.Arguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a run is to do.
 *
 * @param rows which rows, by a part of their names
 * @param engines of ours
 * @param peers by name
 * @param warmUp of each server before the first round
 * @param window of one measurement
 * @param rounds how often each row comes
 * @param objects of 4 KiB that are there before
 * @param folder of all data; everything below it is the run's
 * @param results where the report goes
 * @param home of the prepared peers
 * @param bound that the run keeps to: no row begins in the last seventh of it
 * @param seed of all randomness
 */
record Options(
    Pattern rows,
    List<String> engines,
    List<String> peers,
    Duration warmUp,
    Duration window,
    int rounds,
    int objects,
    Path folder,
    Path results,
    Path home,
    Duration bound,
    long seed) {
  static final String USAGE =
      """
      bench/run [--quick] [--rows REGEX] [--engines LIST] [--peers LIST] [--seconds S] [--rounds N]
                [--objects N] [--folder DIR] [--results DIR] [--minutes N] [--seed N]

        --quick     one short round over 10,000 objects, about 3 minutes
        --rows      only rows whose names hold a match, such as 'GET 4 KiB|LIST'
        --engines   xodus,rocksdb by default; none
        --peers     minio,seaweedfs,garage by default, those that bench/peers has prepared; none
        --seconds   of one measurement, 1.5 by default
        --warm-up   seconds of mixed requests on each server before the first round, 8 by default
        --rounds    3 by default
        --objects   of 4 KiB that each server holds before, 100000 by default
        --folder    of all data, a fresh one below the system's folder of temporary files by default
        --results   where the report goes, bench/results by default
        --minutes   25 by default; no row begins in the last seventh of them
      """;

  static Options parse(String[] args) {
    Arguments given = new Arguments(args);
    boolean quick = given.flag("--quick");
    String folder = given.value("--folder", null);
    Options options =
        new Options(
            Pattern.compile(given.value("--rows", "")),
            given.list("--engines", "xodus,rocksdb"),
            given.list("--peers", String.join(",", Peers.known())),
            Duration.ofSeconds(Long.parseLong(given.value("--warm-up", quick ? "2" : "8"))),
            Duration.ofMillis(
                (long)
                    (1000 * Double.parseDouble(given.value("--seconds", quick ? "0.5" : "1.5")))),
            Integer.parseInt(given.value("--rounds", quick ? "1" : "3")),
            Integer.parseInt(given.value("--objects", quick ? "10000" : "100000")),
            folder == null ? null : Path.of(folder),
            Path.of(given.value("--results", "bench/results")),
            Peers.home(),
            Duration.ofMinutes(Long.parseLong(given.value("--minutes", "25"))),
            Long.parseLong(given.value("--seed", Long.toString(System.nanoTime()))));
    given.nothingLeft();
    if (options.objects < 2_000 || options.rounds < 1 || options.window.toMillis() < 100) {
      throw new IllegalArgumentException(
          "at least 2,000 objects, one round and a tenth of a second are needed");
    }
    return options;
  }

  /** The same with its data in another folder. */
  Options in(Path other) {
    return new Options(
        rows, engines, peers, warmUp, window, rounds, objects, other, results, home, bound, seed);
  }
}
