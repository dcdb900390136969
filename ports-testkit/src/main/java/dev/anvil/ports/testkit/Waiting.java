package dev.anvil.ports.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition instead of for luck. */
public final class Waiting {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private Waiting() {}

  /** Returns when the condition holds; fails with what was awaited after 20 s. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + BOUND.toSeconds() + " s in vain until " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
