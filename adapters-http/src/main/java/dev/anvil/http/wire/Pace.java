package dev.anvil.http.wire;

import dev.anvil.ports.time.Ticker;
import java.time.Duration;

/**
 * How fast a peer gives or takes bytes, counting only the time spent waiting for it: our own work
 * is never held against it. One thread moves bytes, another asks.
 */
final class Pace {
  private final Ticker ticker;
  private long waited;
  private long moved;
  private long since;
  private boolean waiting;

  Pace(Ticker ticker) {
    this.ticker = ticker;
  }

  /** A step that may wait for the peer begins. */
  synchronized void begin() {
    since = ticker.nanos();
    waiting = true;
  }

  /** The step ended after so many bytes. */
  synchronized void end(long bytes) {
    if (waiting) {
      waited += ticker.nanos() - since;
      waiting = false;
    }
    moved += Math.max(0, bytes);
  }

  /** Whether the peer is being waited for and fell below so many bytes a second after the grace. */
  synchronized boolean tooSlow(Duration grace, int minimumRate) {
    if (!waiting) {
      return false;
    }
    long total = waited + (ticker.nanos() - since);
    if (total < grace.toNanos()) {
      return false;
    }
    return moved / (total / 1e9) < minimumRate;
  }

  /** Bytes so far. */
  synchronized long moved() {
    return moved;
  }
}
