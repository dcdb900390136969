package dev.anvil.planted.s3;

/** A driving adapter that goes past the use cases. */
public final class SeesBodies {
  private dev.anvil.planted.ports.bodies.BodyStore seen;

  public dev.anvil.planted.ports.bodies.BodyStore seen() {
    return seen;
  }
}
