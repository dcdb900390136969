package dev.anvil.objects.multipart;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.ForeignDigests;
import java.util.Map;

/**
 * What a completion says of the checksum of the whole.
 *
 * @param whole whether it takes the checksum to be that of all bytes, or of the parts; null if it
 *     does not say
 * @param values what it must be, by the names under which they are kept
 * @param foreign computes over the parts' values what is not computed here
 */
public record WholeClaim(
    Boolean whole, Map<DigestAlgorithm, byte[]> values, ForeignDigests foreign) {
  /** Nothing is said. */
  public static final WholeClaim NONE = new WholeClaim(null, Map.of(), ForeignDigests.NONE);
}
