package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Checksums the content must have, of its bytes as they are stored.
 *
 * @param values by algorithm; a length that does not fit is {@code Invalid} InvalidDigest
 */
public record ExpectedDigests(Map<DigestAlgorithm, byte[]> values) {
  /** No demand. */
  public static final ExpectedDigests NONE = new ExpectedDigests(Map.of());

  /** Copies and checks lengths. */
  public ExpectedDigests {
    Map<DigestAlgorithm, byte[]> copy = new EnumMap<>(DigestAlgorithm.class);
    values.forEach((algorithm, value) -> {
      if (value.length != algorithm.bytes()) {
        throw new Invalid(
            Invalid.Reason.DIGEST,
            algorithm.wire() + " has " + algorithm.bytes() + " bytes, got " + value.length,
            Map.of("algorithm", algorithm.wire(), "bytes", value.length));
      }
      copy.put(algorithm, value.clone());
    });
    values = Collections.unmodifiableMap(copy);
  }

  /** One demand. */
  public static ExpectedDigests of(DigestAlgorithm algorithm, byte[] value) {
    return new ExpectedDigests(Map.of(algorithm, value));
  }
}
