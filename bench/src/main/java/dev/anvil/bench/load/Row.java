package dev.anvil.bench.load;

import java.util.Locale;
import java.util.Map;

/**
 * One measured line.
 *
 * @param name operation and clients
 * @param operations answered as they should be
 * @param failures answered otherwise
 * @param seconds measured time
 * @param p50Micros median latency
 * @param p99Micros 99th percentile of latency
 * @param serverCpuMicros CPU time of the server process
 * @param deltas growth of the server's counters, by name
 */
public record Row(
    String name,
    long operations,
    long failures,
    double seconds,
    long p50Micros,
    long p99Micros,
    long serverCpuMicros,
    Map<String, Double> deltas) {

  /** The head of the table. */
  public static String head() {
    return "| row | ops/s | p50 ms | p99 ms | server CPU us/op | engine mutations/op | syncs/op |"
        + " group | failures |\n"
        + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |";
  }

  /** Operations a second. */
  public double rate() {
    return operations / seconds;
  }

  /** CPU microseconds of the server for one operation. */
  public double cpu() {
    return operations == 0 ? 0 : (double) serverCpuMicros / operations;
  }

  /** The line. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.2f | %.2f | %.0f | %s | %s | %s | %d |",
        name,
        rate(),
        p50Micros / 1000.0,
        p99Micros / 1000.0,
        cpu(),
        ratio("puts", operations),
        ratio("syncs", operations),
        ratio("functions", deltas.getOrDefault("groups", 0.0)),
        failures);
  }

  private String ratio(String counter, double per) {
    double value = deltas.getOrDefault(counter, 0.0);
    return value == 0 || per == 0 ? "-" : String.format(Locale.ROOT, "%.2f", value / per);
  }
}
