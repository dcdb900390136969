package dev.anvil.objects.multipart;

/**
 * A part as a completion names it.
 *
 * @param number 1..10,000
 * @param etag hex MD5 the uploader was given; quotes around it are taken off
 */
public record PartClaim(int number, String etag) {
  /** Takes quotes off the etag. */
  public PartClaim {
    String t = etag == null ? "" : etag.strip();
    if (t.length() >= 2 && t.startsWith("\"") && t.endsWith("\"")) {
      t = t.substring(1, t.length() - 1);
    }
    etag = t;
  }
}
