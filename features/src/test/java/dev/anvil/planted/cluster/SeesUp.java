package dev.anvil.planted.cluster;

/** A subject that sees one that it may not. */
public final class SeesUp {
  private dev.anvil.planted.objects.Target seen;

  public dev.anvil.planted.objects.Target seen() {
    return seen;
  }
}
