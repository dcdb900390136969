package dev.anvil.planted.waist;

/** A waist that knows what it stores. */
public final class SeesSubject {
  private dev.anvil.planted.objects.Target seen;

  public dev.anvil.planted.objects.Target seen() {
    return seen;
  }
}
