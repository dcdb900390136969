package dev.anvil.ports.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Wall time that moves, both ways, when a test says so. */
public final class ManualClock implements InstantSource {
  private volatile Instant now;

  /** Starts at the given time. */
  public ManualClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves it; a negative duration moves it back. */
  public void move(Duration by) {
    now = now.plus(by);
  }
}
