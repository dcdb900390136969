package dev.anvil.objects;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * What an idempotency key is bound to: SHA-256 over the operation and everything that makes it this
 * one, each field with its length, so that no two lists of fields are alike. Preconditions are no
 * part of it: a retry means the same change.
 */
public final class Fingerprint {
  private final MessageDigest digest = Digests.sha256();

  /** Starts with the name of the operation. */
  public Fingerprint(String operation) {
    text(operation);
  }

  /** A text or null. */
  public Fingerprint text(String value) {
    return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes or null. */
  public Fingerprint bytes(byte[] value) {
    number(value == null ? -1 : value.length);
    if (value != null) {
      digest.update(value);
    }
    return this;
  }

  /** A number. */
  public Fingerprint number(long value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    return this;
  }

  /** Names and values in their order. */
  public Fingerprint texts(Map<String, String> values) {
    number(values.size());
    values.forEach((k, v) -> text(k).text(v));
    return this;
  }

  /** All content headers. */
  public Fingerprint headers(ContentHeaders h) {
    text(h.contentType()).text(h.contentEncoding()).text(h.contentLanguage());
    text(h.contentDisposition()).text(h.cacheControl()).text(h.expires());
    return h.redirect() == null ? this : text(h.redirect());
  }

  /** The 32 bytes; ends it. */
  public byte[] toBytes() {
    return digest.digest();
  }
}
