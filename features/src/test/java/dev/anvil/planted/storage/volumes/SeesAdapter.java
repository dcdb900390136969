package dev.anvil.planted.storage.volumes;

/** An adapter that sees another one. */
public final class SeesAdapter {
  private dev.anvil.planted.cluster.curator.Target seen;

  public dev.anvil.planted.cluster.curator.Target seen() {
    return seen;
  }
}
