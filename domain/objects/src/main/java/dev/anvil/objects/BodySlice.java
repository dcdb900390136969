package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;

/** A run of bytes of a stored body. */
public record BodySlice(BodyId body, long offset, long length) {
  /** Refuses negative numbers and overflow. */
  public BodySlice {
    if (offset < 0 || length < 0 || offset + length < 0) {
      throw new IllegalArgumentException("slice " + offset + "+" + length + " is not valid");
    }
  }
}
