package dev.anvil.ports.testkit;

import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Elapsed time that moves when a test says so. */
public final class ManualTicker implements Ticker {
  private final AtomicLong nanos = new AtomicLong();

  @Override
  public long nanos() {
    return nanos.get();
  }

  /** Lets time pass. */
  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }
}
