package dev.anvil.planted.s3;

/** An adapter that sees another one. */
public final class SeesAdapter {
  private dev.anvil.planted.codec.Target seen;

  public dev.anvil.planted.codec.Target seen() {
    return seen;
  }
}
