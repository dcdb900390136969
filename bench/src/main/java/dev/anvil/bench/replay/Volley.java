package dev.anvil.bench.replay;

import org.HdrHistogram.Histogram;

/**
 * What one window of load found.
 *
 * @param operations answered as they should be, within the window
 * @param failures answered otherwise
 * @param firstFailure what the first of them was, null for none
 * @param seconds length of the window
 * @param micros latencies of the operations, microseconds
 * @param clientNanos CPU time of the thread that sent and received
 */
public record Volley(
    long operations,
    long failures,
    String firstFailure,
    double seconds,
    Histogram micros,
    long clientNanos) {

  /** Operations a second. */
  public double rate() {
    return operations / seconds;
  }
}
