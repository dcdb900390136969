package dev.anvil.bench.side;

import java.util.Map;

/**
 * One row on one server in one round.
 *
 * @param row name of the row
 * @param unit what is counted
 * @param server name of the server
 * @param round from 0
 * @param units counted
 * @param requests answered
 * @param failure what went wrong, null if nothing did
 * @param seconds of the window
 * @param cpuMicros of the server in all
 * @param clientMicros CPU time of the load client in all, its compiler and collector included
 * @param threadMicros CPU time of the thread that sent and received; 0 where there are several
 * @param p50 median latency at full load, milliseconds
 * @param p99 of the same
 * @param open requests at half the rate; null if the row has none
 * @param peakRss most resident memory of the server in the window, bytes
 * @param counters growth of the server's own counters
 * @param otherCores cores that neither server nor client kept busy
 */
public record Sample(
    String row,
    String unit,
    String server,
    int round,
    double units,
    long requests,
    String failure,
    double seconds,
    double cpuMicros,
    double clientMicros,
    double threadMicros,
    double p50,
    double p99,
    Open open,
    long peakRss,
    Map<String, Double> counters,
    double otherCores) {

  /** Latencies at a fixed rate, milliseconds from when a request was due. */
  public record Open(double rate, double p50, double p99) {}

  static Sample failed(String row, String unit, String server, int round, String why) {
    return new Sample(row, unit, server, round, 0, 0, why, 0, 0, 0, 0, 0, 0, null, 0, Map.of(), 0);
  }

  /** Whether it has figures. */
  public boolean ok() {
    return failure == null;
  }

  /** Units a second. */
  public double rate() {
    return units / seconds;
  }

  /** Microseconds of the server a unit; not a number if they are less than the clock's step. */
  public double cpu() {
    return cpuMicros > 0 ? cpuMicros / units : Double.NaN;
  }

  double client() {
    return clientMicros / requests;
  }

  double thread() {
    return threadMicros / requests;
  }

  /** One of the server's counters for each unit; not a number if it does not have it. */
  public double per(String counter) {
    return counters.containsKey(counter) ? counters.get(counter) / units : Double.NaN;
  }
}
