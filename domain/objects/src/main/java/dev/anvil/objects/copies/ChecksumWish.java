package dev.anvil.objects.copies;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Digests;
import dev.anvil.objects.ForeignDigests;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which checksum a copy has.
 *
 * @param algorithm the one it has; null for those of its source
 * @param foreign computes what is not computed here
 */
public record ChecksumWish(DigestAlgorithm algorithm, ForeignDigests foreign) {
  /** Those of the source. */
  public static final ChecksumWish OF_SOURCE = new ChecksumWish(null, ForeignDigests.NONE);

  /** What has to be computed from the bytes, for the source has it not, or of its parts alone. */
  Set<DigestAlgorithm> missing(Map<DigestAlgorithm, byte[]> ofSource) {
    Set<DigestAlgorithm> missing = EnumSet.noneOf(DigestAlgorithm.class);
    if (algorithm != null) {
      missing.add(algorithm);
    } else {
      ofSource.keySet().forEach(a -> missing.add(a.plain()));
    }
    missing.removeIf(a -> ofSource.containsKey(a) || !a.computed() && foreign.start(a) == null);
    return missing;
  }

  /** What the copy has; checksums over parts say nothing of a plain body. */
  Map<DigestAlgorithm, byte[]> of(Map<DigestAlgorithm, byte[]> ofSource, Digests read) {
    Map<DigestAlgorithm, byte[]> kept = new TreeMap<>(ofSource);
    for (DigestAlgorithm a : missing(ofSource)) {
      kept.put(a, read.get(a));
    }
    kept.keySet().removeIf(a -> a.ofParts() || algorithm != null && a != algorithm);
    return kept;
  }
}
