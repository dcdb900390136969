package dev.anvil.planted.kernel;

/** Knows the time by itself. */
public final class ReadsClock {
  public long now() {
    return System.nanoTime();
  }
}
