package dev.anvil.planted.cluster.curator;

/** An adapter that sees another one. */
public final class SeesAdapter {
  private dev.anvil.planted.search.lucene.Target seen;

  public dev.anvil.planted.search.lucene.Target seen() {
    return seen;
  }
}
