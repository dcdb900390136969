package dev.anvil.planted.identity;

/** Half of a circle. */
public final class Circle {
  private dev.anvil.planted.authz.Circle seen;

  public dev.anvil.planted.authz.Circle seen() {
    return seen;
  }
}
