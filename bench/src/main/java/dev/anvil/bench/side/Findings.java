package dev.anvil.bench.side;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Everything a run found.
 *
 * @param options what was asked for
 * @param machine what the machine can do
 * @param memory what was done to its free memory
 * @param rows that were asked for
 * @param servers that took part, ours first
 * @param standings of each server
 * @param samples in the order in which they were taken
 * @param remarks what else is to be said
 * @param took the whole run
 * @param extras figures that are measured once, outside the rows
 * @param waited for each server before its windows
 */
record Findings(
    Options options,
    Machine machine,
    FreshMemory memory,
    List<Row> rows,
    List<String> servers,
    Map<String, Standing> standings,
    List<Sample> samples,
    List<String> remarks,
    Duration took,
    List<Extra> extras,
    Map<String, Rest.Waited> waited) {
  private static final String OURS = "anvil";

  /** The smallest, the middle and the largest of the rounds. */
  record Spread(double least, double median, double most) {
    /** Of these values; null if there are none. */
    static Spread of(List<Double> values) {
      if (values.isEmpty()) {
        return null;
      }
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int half = sorted.length / 2;
      double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
      return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** The middle; not a number if there is none. */
    static double median(Spread spread) {
      return spread == null ? Double.NaN : spread.median();
    }
  }

  /** Whether a server is ours. */
  static boolean ours(String server) {
    return server.startsWith(OURS);
  }

  /** The good samples of one row on one server. */
  List<Sample> of(String row, String server) {
    return samples.stream()
        .filter(s -> s.ok() && s.row().equals(row) && s.server().equals(server))
        .toList();
  }

  /** One figure of a row on a server; null if there is none. */
  Spread spread(String row, String server, ToDoubleFunction<Sample> figure) {
    return Spread.of(
        of(row, server).stream()
            .mapToDouble(figure)
            .filter(v -> !Double.isNaN(v))
            .boxed()
            .toList());
  }

  /** The fewest rounds that a row has on a server that has it; 0 if none has. */
  int rounds(String row) {
    return servers.stream().mapToInt(s -> of(row, s).size()).filter(n -> n > 0).min().orElse(0);
  }

  /** The row's name, with its number of rounds if these are not all. */
  String titled(String row) {
    int rounds = rounds(row);
    return rounds == 0 || rounds >= options.rounds()
        ? row
        : row + " (" + rounds + (rounds == 1 ? " round)" : " rounds)");
  }

  /** The median of a figure; not a number if there is none. */
  double median(String row, String server, ToDoubleFunction<Sample> figure) {
    return Spread.median(spread(row, server, figure));
  }

  /** The best median of ours or of the peers; not a number if there is none. */
  double best(boolean ours, String row, ToDoubleFunction<Sample> figure, boolean largest) {
    double[] medians =
        servers.stream()
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

  /** Median of a figure over all windows of replayed requests of 4 KiB: what the client costs. */
  double client(ToDoubleFunction<Sample> figure) {
    double[] values =
        samples.stream()
            .filter(s -> s.ok() && s.threadMicros() > 0 && s.row().contains("4 KiB"))
            .mapToDouble(figure)
            .sorted()
            .toArray();
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }
}
