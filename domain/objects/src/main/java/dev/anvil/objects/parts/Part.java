package dev.anvil.objects.parts;

import dev.anvil.ports.bodies.BodyId;
import java.util.Arrays;

/**
 * A run of bytes that a version is put together from: a whole body, by name.
 *
 * @param number 1..10,000, as the uploader numbered it, or the place in the list
 * @param body the stored body; never shared unless counted
 * @param size bytes, not negative
 * @param md5 of the bytes, 16 bytes
 * @param sha256 of the bytes, 32 bytes
 */
public record Part(int number, BodyId body, long size, byte[] md5, byte[] sha256) {
  /** Refuses digests of another length. */
  public Part {
    if (size < 0 || md5.length != 16 || sha256.length != 32) {
      throw new IllegalArgumentException("a part has a size, an MD5 and a SHA-256");
    }
  }

  /** The same bytes under another number. */
  public Part numbered(int other) {
    return new Part(other, body, size, md5, sha256);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Part p
        && number == p.number
        && size == p.size
        && body.equals(p.body)
        && Arrays.equals(md5, p.md5)
        && Arrays.equals(sha256, p.sha256);
  }

  @Override
  public int hashCode() {
    return body.hashCode() * 31 + number;
  }
}
