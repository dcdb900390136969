package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import java.util.Map;

/**
 * A run of bytes of a stored body.
 *
 * @param body which
 * @param offset where in it
 * @param length how many
 * @param checksums of exactly these bytes, where whoever sent them gave some; mostly none
 */
public record BodySlice(
    BodyId body, long offset, long length, Map<DigestAlgorithm, byte[]> checksums) {
  /** Refuses negative numbers and overflow. */
  public BodySlice {
    if (offset < 0 || length < 0 || offset + length < 0) {
      throw new IllegalArgumentException("slice " + offset + "+" + length + " is not valid");
    }
    checksums = Map.copyOf(checksums);
  }

  /** Without checksums. */
  public BodySlice(BodyId body, long offset, long length) {
    this(body, offset, length, Map.of());
  }
}
