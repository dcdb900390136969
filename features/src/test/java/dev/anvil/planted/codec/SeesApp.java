package dev.anvil.planted.codec;

/** An adapter that sees the wiring. */
public final class SeesApp {
  private dev.anvil.planted.app.Target seen;

  public dev.anvil.planted.app.Target seen() {
    return seen;
  }
}
