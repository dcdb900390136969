package dev.anvil.operations;

import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether a node has much to do for its clients, by how fast a count of it grows. One thread. */
final class Busyness {
  /** Requests a second, larger ones counted as several, from which a node is busy. */
  static final long BUSY_A_SECOND = 250;

  /** Time over which it is counted at least; what was found holds until then. */
  static final Duration LOOK = Duration.ofMillis(100);

  private final LongSupplier work;
  private final Ticker ticker;
  private long count;
  private long since;
  private boolean busy;

  /** Of a node that has done nothing yet. */
  Busyness(LongSupplier work, Ticker ticker) {
    this.work = work;
    this.ticker = ticker;
    this.count = work.getAsLong();
    this.since = ticker.nanos();
  }

  /** As of the time since the last look. */
  boolean look() {
    long now = ticker.nanos();
    long nanos = now - since;
    if (nanos >= LOOK.toNanos()) {
      long done = work.getAsLong();
      double seconds = nanos / 1e9;
      busy = done - count >= BUSY_A_SECOND * seconds;
      count = done;
      since = now;
    }
    return busy;
  }
}
