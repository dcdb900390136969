package dev.anvil.bench.relations;

import dev.anvil.bench.side.Machine;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Everything a run found.
 *
 * @param options what was asked for
 * @param machine what the machine can do
 * @param agreed what the servers agreed on before, in words
 * @param rows that were asked for
 * @param standings of each server that took part, ours first
 * @param samples in the order in which they were taken
 * @param remarks what else is to be said
 * @param seconds the whole run
 */
record Findings(
    Options options,
    Machine machine,
    String agreed,
    List<Row> rows,
    Map<String, Standing> standings,
    List<Sample> samples,
    List<String> remarks,
    long seconds) {
  private static final String OURS = "anvil";

  /**
   * One server beside its rows.
   *
   * @param version what it is
   * @param settings what is set
   * @param tuples loaded
   * @param loadSeconds that it took
   * @param bytesEach of data and indexes a tuple, right after loading
   * @param logBytes of a log beside them
   * @param watch how long a watcher waits; null if that failed
   * @param memory resident at the end, bytes
   * @param databaseMemory of its database then
   */
  record Standing(
      String version,
      String settings,
      int tuples,
      double loadSeconds,
      double bytesEach,
      long logBytes,
      WatchDelay.Delays watch,
      long memory,
      long databaseMemory) {}

  /** The smallest, the middle and the largest of the rounds. */
  record Spread(double least, double median, double most) {}

  /** Whether a server is ours. */
  static boolean ours(String server) {
    return server.startsWith(OURS);
  }

  /** The names of those that took part, ours first. */
  List<String> servers() {
    return List.copyOf(standings.keySet());
  }

  /** One figure of a row on a server; null if there is none. */
  Spread spread(String row, String server, ToDoubleFunction<Sample> figure) {
    double[] values =
        samples.stream()
            .filter(s -> s.ok() && s.row().equals(row) && s.server().equals(server))
            .mapToDouble(figure)
            .sorted()
            .toArray();
    if (values.length == 0) {
      return null;
    }
    int half = values.length / 2;
    double median = values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    return new Spread(values[0], median, values[values.length - 1]);
  }

  /** The row's name, with its number of rounds if these are not all. */
  String titled(String row) {
    long rounds =
        servers().stream()
            .mapToLong(server ->
                samples.stream()
                    .filter(s -> s.ok() && s.row().equals(row) && s.server().equals(server))
                    .count())
            .filter(n -> n > 0)
            .min()
            .orElse(0);
    return rounds == 0 || rounds >= options.rounds()
        ? row
        : row + " (" + rounds + (rounds == 1 ? " round)" : " rounds)");
  }

  /** The median of a figure; not a number if there is none. */
  double median(String row, String server, ToDoubleFunction<Sample> figure) {
    Spread spread = spread(row, server, figure);
    return spread == null ? Double.NaN : spread.median();
  }

  /** The best median of ours or of the peers; not a number if there is none. */
  double best(boolean ours, String row, ToDoubleFunction<Sample> figure, boolean largest) {
    double[] medians =
        servers().stream()
            .filter(s -> ours(s) == ours)
            .mapToDouble(s -> median(row, s, figure))
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    return medians.length == 0 ? Double.NaN : medians[largest ? medians.length - 1 : 0];
  }

  /** Cores that neither a server nor the client kept busy, in the middle of all windows. */
  double otherCores() {
    double[] values =
        samples.stream().filter(Sample::ok).mapToDouble(Sample::otherCores).sorted().toArray();
    return values.length == 0 ? 0 : values[values.length / 2];
  }

  /** The least of a figure of ours beside the rows; not a number if there is none. */
  double least(ToDoubleFunction<Standing> figure) {
    return standings.entrySet().stream()
        .filter(e -> ours(e.getKey()))
        .mapToDouble(e -> figure.applyAsDouble(e.getValue()))
        .filter(v -> !Double.isNaN(v))
        .min()
        .orElse(Double.NaN);
  }
}
