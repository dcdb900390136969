package dev.anvil.planted.waist;

/** Starts a thread that nobody ends. */
public final class StartsThread {
  public void start() {
    Thread.ofVirtual().start(() -> {});
  }
}
