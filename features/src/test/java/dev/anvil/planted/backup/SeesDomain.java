package dev.anvil.planted.backup;

/** A driven adapter that sees a rule. */
public final class SeesDomain {
  private dev.anvil.planted.objects.Target seen;

  public dev.anvil.planted.objects.Target seen() {
    return seen;
  }
}
