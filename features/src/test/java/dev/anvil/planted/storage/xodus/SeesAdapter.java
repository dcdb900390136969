package dev.anvil.planted.storage.xodus;

/** An adapter that sees another one. */
public final class SeesAdapter {
  private dev.anvil.planted.storage.rocksdb.Target seen;

  public dev.anvil.planted.storage.rocksdb.Target seen() {
    return seen;
  }
}
