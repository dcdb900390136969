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
 * @param bound that the run keeps to
 * @param seed of all randomness
 * @param further what is done outside the rows
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
    long seed,
    Further further) {
  /**
   * What is done outside the rows.
   *
   * @param touchMib free memory to touch once before, 0 for none
   * @param fill how long servers are filled at most
   * @param quiet how long the filled servers rest before their disks are measured
   * @param rest how long a window waits for its server at most
   * @param starts how often a server is started of each kind of folder
   * @param million objects of the large start and the large list, 0 for neither
   * @param churn whether everything is overwritten ten times for its disk
   */
  record Further(
      long touchMib,
      Duration fill,
      Duration quiet,
      Duration rest,
      int starts,
      int million,
      boolean churn) {
    /** Refuses to tell a start that was not. */
    Further {
      if (starts < 1) {
        throw new IllegalArgumentException("starts are " + starts + ": at least one is measured");
      }
    }
  }

  static final String USAGE =
      """
      bench/run [--quick] [--rows REGEX] [--engines LIST] [--peers LIST] [--seconds S] [--rounds N] [--no-churn]
                [--touch MIB] [--objects N] [--folder DIR] [--results DIR] [--minutes N] [--seed N]

        --quick     one short round over 10,000 objects, about 10 minutes with all peers
        --rows      only rows whose names hold a match, such as 'GET 4 KiB|LIST'
        --engines   xodus,rocksdb by default; none
        --peers     minio,seaweedfs,garage by default, those that bench/peers has prepared; none
        --seconds   of one measurement, 2 by default
        --warm-up   seconds of a mixture of all rows on each server before the first round, 50 by default
        --rounds    3 by default; what is judged has all of them before other rows begin
        --touch     MiB of free memory to use once before the rows, all that is free by default; 0 for none
        --fill      seconds for filling all servers at the same time, 240 by default
        --quiet     seconds that filled servers rest before their disks are measured, 60 by default
        --rest      seconds that a window waits at most until its server rests, 10 by default; an idle server is one of
                    6 s after its first answer, or of so many seconds
        --starts    of a server on each kind of folder, 3 by default
        --million   objects of the large start and list of ours, 1000000 by default, 0 for neither
        --no-churn  leaves out the disk of ours after ten rounds of overwriting everything
        --objects   of 4 KiB that each server holds before, 100000 by default
        --folder    of all data, a fresh one below the system's folder of temporary files by default
        --results   where the report goes, bench/results by default
        --minutes   39 by default; rows that nobody judges leave time for what is measured at the end
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
            Duration.ofSeconds(Long.parseLong(given.value("--warm-up", quick ? "2" : "50"))),
            Duration.ofMillis(
                (long) (1000 * Double.parseDouble(given.value("--seconds", quick ? "0.5" : "2")))),
            Integer.parseInt(given.value("--rounds", quick ? "1" : "3")),
            Integer.parseInt(given.value("--objects", quick ? "10000" : "100000")),
            folder == null ? null : Path.of(folder),
            Path.of(given.value("--results", "bench/results")),
            Peers.home(),
            Duration.ofMinutes(Long.parseLong(given.value("--minutes", "39"))),
            Long.parseLong(given.value("--seed", Long.toString(System.nanoTime()))),
            new Further(
                Long.parseLong(given.value("--touch", quick ? "0" : "1048576")),
                Duration.ofSeconds(Long.parseLong(given.value("--fill", "240"))),
                Duration.ofSeconds(Long.parseLong(given.value("--quiet", quick ? "0" : "60"))),
                Duration.ofSeconds(Long.parseLong(given.value("--rest", quick ? "1" : "10"))),
                Integer.parseInt(given.value("--starts", quick ? "1" : "3")),
                Integer.parseInt(given.value("--million", quick ? "0" : "1000000")),
                !given.flag("--no-churn") && !quick));
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
        rows, engines, peers, warmUp, window, rounds, objects, other, results, home, bound, seed,
        further);
  }
}
