package dev.anvil.objects.parts;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Digest of a version put together from parts.
 *
 * @param etag hex MD5 over the parts' MD5s, {@code -}, number of parts
 * @param sha256 over the parts' SHA-256s; on the wire with {@code -N} behind it
 * @param parts how many
 * @param size bytes of all parts
 */
public record PartsDigest(String etag, byte[] sha256, int parts, long size) {
  /** Digest of the parts in their order; at least one. */
  public static PartsDigest of(List<Part> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no parts");
    }
    MessageDigest md5 = digest("MD5");
    MessageDigest sha = digest("SHA-256");
    long size = 0;
    for (Part part : parts) {
      md5.update(part.md5());
      sha.update(part.sha256());
      size = Math.addExact(size, part.size());
    }
    String etag = HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    return new PartsDigest(etag, sha.digest(), parts.size(), size);
  }

  /** What clients see as {@code parts-sha256}. */
  public String sha256Text() {
    return HexFormat.of().formatHex(sha256) + "-" + parts;
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
