package dev.anvil.bench.relations;

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
 * @param scale share of the 535,536 tuples
 * @param window of one measurement
 * @param warmUp of each server before the first round
 * @param rounds how often each row comes
 * @param folder of all data, null for that of temporary files
 * @param results where the report goes
 * @param bound that the run keeps to
 * @param seed of all randomness but the data's, whose is fixed
 */
record Options(
    Pattern rows,
    List<String> engines,
    List<String> peers,
    double scale,
    Duration window,
    Duration warmUp,
    int rounds,
    Path folder,
    Path results,
    Duration bound,
    long seed) {
  static final String USAGE =
      """
      bench/run --authz [--rows REGEX] [--engines LIST] [--peers LIST] [--scale SHARE] [--seconds S]
                [--warm-up S] [--rounds N] [--folder DIR] [--results DIR] [--minutes N] [--seed N]

        --rows      only rows whose names hold a match, such as 'list|batch'
        --engines   xodus,rocksdb by default; none
        --peers     spicedb,openfga by default, those that bench/peers has prepared; none
        --scale     share of the 535,536 tuples, 1 by default
        --seconds   of one measurement, 0.8 by default
        --warm-up   of each server before the first round, 15 by default
        --rounds    2 by default
        --folder    of all data, a fresh one below the system's folder of temporary files by default
        --results   where the report goes, bench/results by default
        --minutes   8 by default; no row begins in the last tenth of them
      """;

  static Options parse(String[] args) {
    Arguments given = new Arguments(args);
    String folder = given.value("--folder", null);
    Options options =
        new Options(
            Pattern.compile(given.value("--rows", "")),
            given.list("--engines", "xodus,rocksdb"),
            given.list("--peers", String.join(",", PeerServer.known())),
            Double.parseDouble(given.value("--scale", "1")),
            seconds(given.value("--seconds", "0.8")),
            seconds(given.value("--warm-up", "15")),
            Integer.parseInt(given.value("--rounds", "2")),
            folder == null ? null : Path.of(folder),
            Path.of(given.value("--results", "bench/results")),
            Duration.ofMinutes(Long.parseLong(given.value("--minutes", "8"))),
            Long.parseLong(given.value("--seed", Long.toString(System.nanoTime()))));
    given.nothingLeft();
    if (options.scale < 0.01 || options.scale > 1) {
      throw new IllegalArgumentException("--scale is from 0.01 to 1");
    }
    if (options.rounds < 1 || options.window.toMillis() < 100) {
      throw new IllegalArgumentException("one round and a tenth of a second are needed");
    }
    return options;
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis((long) (1_000 * Double.parseDouble(text)));
  }
}
