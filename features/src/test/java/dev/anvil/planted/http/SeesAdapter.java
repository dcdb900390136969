package dev.anvil.planted.http;

/** An adapter that sees another one. */
public final class SeesAdapter {
  private dev.anvil.planted.s3.Target seen;

  public dev.anvil.planted.s3.Target seen() {
    return seen;
  }
}
