package dev.anvil.planted.objects;

/** A rule that sees what lies behind its port. */
public final class SeesWaist {
  private dev.anvil.planted.waist.Target seen;

  public dev.anvil.planted.waist.Target seen() {
    return seen;
  }
}
