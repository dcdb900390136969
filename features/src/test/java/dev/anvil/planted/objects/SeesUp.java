package dev.anvil.planted.objects;

/** A subject that sees one that it may not. */
public final class SeesUp {
  private dev.anvil.planted.indexes.Target seen;

  public dev.anvil.planted.indexes.Target seen() {
    return seen;
  }
}
