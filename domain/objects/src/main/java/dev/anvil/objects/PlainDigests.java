package dev.anvil.objects;

import dev.anvil.ports.failure.Corrupt;
import java.util.HexFormat;

/**
 * Digests of bytes as such, however they are put together.
 *
 * @param md5 16 bytes
 * @param sha256 32 bytes
 */
public record PlainDigests(byte[] md5, byte[] sha256) {
  static PlainDigests of(String etag, byte[] sha256) {
    try {
      return new PlainDigests(HexFormat.of().parseHex(etag), sha256);
    } catch (IllegalArgumentException e) {
      throw new Corrupt("the entity tag of a plain body is not an MD5");
    }
  }

  /** MD5 as an entity tag. */
  public String etag() {
    return HexFormat.of().formatHex(md5);
  }
}
