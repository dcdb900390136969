package dev.anvil.bench.replay;

import org.HdrHistogram.Histogram;

/** Counts answers. Used by one thread. */
final class Tally {
  static final long MAX_MICROS = 60_000_000;

  private final Histogram micros = new Histogram(MAX_MICROS, 3);
  private long failures;
  private String first;

  void add(Lane lane, long nanos) {
    if (lane.asExpected()) {
      micros.recordValue(Math.min(nanos / 1000, MAX_MICROS));
    } else {
      failures++;
      first = first == null ? lane.surprise() : first;
    }
  }

  Volley volley(double seconds, long clientNanos) {
    return new Volley(micros.getTotalCount(), failures, first, seconds, micros, clientNanos);
  }
}
