package dev.anvil.planted.storage.rocksdb;

/** An adapter that sees another one. */
public final class SeesAdapter {
  private dev.anvil.planted.storage.volumes.Target seen;

  public dev.anvil.planted.storage.volumes.Target seen() {
    return seen;
  }
}
