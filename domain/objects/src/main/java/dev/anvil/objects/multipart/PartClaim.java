package dev.anvil.objects.multipart;

import dev.anvil.objects.DigestAlgorithm;
import java.util.Map;

/**
 * A part as a completion names it.
 *
 * @param number 1..10,000
 * @param etag hex MD5 the uploader was given; quotes around it are taken off
 * @param checksums checksums the uploader was given; those of other algorithms than the upload's
 *     are not looked at
 */
public record PartClaim(int number, String etag, Map<DigestAlgorithm, byte[]> checksums) {
  /** Without checksums. */
  public PartClaim(int number, String etag) {
    this(number, etag, Map.of());
  }

  /** Takes quotes off the etag. */
  public PartClaim {
    String t = etag == null ? "" : etag.strip();
    if (t.length() >= 2 && t.startsWith("\"") && t.endsWith("\"")) {
      t = t.substring(1, t.length() - 1);
    }
    etag = t;
  }
}
