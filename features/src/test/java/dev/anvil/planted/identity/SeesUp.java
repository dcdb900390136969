package dev.anvil.planted.identity;

/** A subject that sees one that it may not. */
public final class SeesUp {
  private dev.anvil.planted.journal.Target seen;

  public dev.anvil.planted.journal.Target seen() {
    return seen;
  }
}
