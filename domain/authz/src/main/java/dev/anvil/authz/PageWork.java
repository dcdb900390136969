package dev.anvil.authz;

import dev.anvil.ports.time.Ticker;
import java.time.Duration;

/** Counts what a page of a filtered list decides; says when it is enough. One thread. */
final class PageWork {
  private final int most;
  private final long nanos;
  private final Ticker ticker;
  private final long started;
  private int decided;

  PageWork(int most, Duration time, Ticker ticker) {
    this.most = most;
    this.nanos = time.toNanos();
    this.ticker = ticker;
    this.started = ticker.nanos();
  }

  void pass() {
    decided++;
  }

  boolean spent() {
    return decided >= most || ticker.nanos() - started > nanos;
  }
}
