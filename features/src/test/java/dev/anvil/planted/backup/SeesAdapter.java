package dev.anvil.planted.backup;

/** An adapter that sees another one. */
public final class SeesAdapter {
  private dev.anvil.planted.http.Target seen;

  public dev.anvil.planted.http.Target seen() {
    return seen;
  }
}
