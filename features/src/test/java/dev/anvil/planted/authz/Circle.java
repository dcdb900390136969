package dev.anvil.planted.authz;

/** The other half. */
public final class Circle {
  private dev.anvil.planted.identity.Circle seen;

  public dev.anvil.planted.identity.Circle seen() {
    return seen;
  }
}
