package dev.anvil.planted.ports.storage;

/** Waits for luck. */
public final class Sleeps {
  public void rest() throws InterruptedException {
    Thread.sleep(1);
  }
}
