package dev.anvil.planted.ports.storage;

/** An inner class that needs a library. */
public final class SeesLibrary {
  private org.slf4j.Logger log;

  public org.slf4j.Logger log() {
    return log;
  }
}
