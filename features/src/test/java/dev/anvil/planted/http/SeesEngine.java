package dev.anvil.planted.http;

/** A driving adapter that goes past the use cases. */
public final class SeesEngine {
  private dev.anvil.planted.ports.storage.Engine seen;

  public dev.anvil.planted.ports.storage.Engine seen() {
    return seen;
  }
}
