package dev.anvil.planted.caveats.cel;

/** An adapter that sees another one. */
public final class SeesAdapter {
  private dev.anvil.planted.storage.xodus.Target seen;

  public dev.anvil.planted.storage.xodus.Target seen() {
    return seen;
  }
}
