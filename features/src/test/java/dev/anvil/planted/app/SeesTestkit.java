package dev.anvil.planted.app;

/** A shipped class that sees a fake. */
public final class SeesTestkit {
  private dev.anvil.planted.ports.testkit.Target seen;

  public dev.anvil.planted.ports.testkit.Target seen() {
    return seen;
  }
}
