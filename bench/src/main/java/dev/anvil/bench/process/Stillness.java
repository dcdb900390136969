package dev.anvil.bench.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Rest between two windows: what the last server does afterwards is not the next one's cost. */
public final class Stillness {
  private static final long BOUND_NANOS = 400_000_000;
  private static final long STEP_MILLIS = 50;
  private static final long STILL_MICROS = 10_000;

  private Stillness() {}

  /** Waits until the machine has come to rest, 0.4 s at most. */
  public static void await() throws IOException {
    long end = System.nanoTime() + BOUND_NANOS;
    try {
      while (System.nanoTime() < end) {
        long before = ProcessTree.machineMicros();
        TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        if (ProcessTree.machineMicros() - before <= STILL_MICROS) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted between two windows", e);
    }
  }
}
