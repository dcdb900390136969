package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What is said about the bytes of content beside them, as they are stored.
 *
 * @param values checksums the content must have, by algorithm; a length that does not fit is {@code
 *     Invalid} InvalidDigest
 * @param kept algorithms whose values are kept with the version, whether or not a value is demanded
 * @param late demands that come after the content
 */
public record ExpectedDigests(
    Map<DigestAlgorithm, byte[]> values, Set<DigestAlgorithm> kept, Late late) {
  /** Demands that are known only after the last byte, as trailers are. */
  @FunctionalInterface
  public interface Late {
    /**
     * Asked once, after the last byte. Values of algorithms that this server does not compute are
     * taken as they are: whoever gives them has compared them.
     *
     * @throws RuntimeException if the content is to be refused
     */
    Map<DigestAlgorithm, byte[]> values();
  }

  /** Nothing comes later. */
  public static final Late NOTHING_LATE = Map::of;

  /** No demand. */
  public static final ExpectedDigests NONE = new ExpectedDigests(Map.of());

  /** Copies and checks lengths. */
  public ExpectedDigests {
    Map<DigestAlgorithm, byte[]> copy = new EnumMap<>(DigestAlgorithm.class);
    values.forEach((algorithm, value) -> {
      checkLength(algorithm, value);
      copy.put(algorithm, value.clone());
    });
    values = Collections.unmodifiableMap(copy);
    kept = Set.copyOf(kept);
  }

  /** Demands only; those that are no MD5 or SHA-256, which are kept anyway, are kept. */
  public ExpectedDigests(Map<DigestAlgorithm, byte[]> values) {
    this(values, extra(values.keySet()), NOTHING_LATE);
  }

  /** One demand. */
  public static ExpectedDigests of(DigestAlgorithm algorithm, byte[] value) {
    return new ExpectedDigests(Map.of(algorithm, value));
  }

  /** Algorithms to compute beside MD5 and SHA-256. */
  public Set<DigestAlgorithm> computed() {
    Set<DigestAlgorithm> all = EnumSet.noneOf(DigestAlgorithm.class);
    all.addAll(values.keySet());
    all.addAll(kept);
    all.removeIf(a -> !a.computed());
    return all;
  }

  static void checkLength(DigestAlgorithm algorithm, byte[] value) {
    if (value.length != algorithm.bytes()) {
      throw new Invalid(
          Invalid.Reason.DIGEST,
          algorithm.wire() + " has " + algorithm.bytes() + " bytes, got " + value.length,
          Map.of("algorithm", algorithm.wire(), "bytes", value.length));
    }
  }

  private static Set<DigestAlgorithm> extra(Set<DigestAlgorithm> algorithms) {
    Set<DigestAlgorithm> extra = EnumSet.noneOf(DigestAlgorithm.class);
    extra.addAll(algorithms);
    extra.remove(DigestAlgorithm.MD5);
    extra.remove(DigestAlgorithm.SHA256);
    return extra;
  }
}
