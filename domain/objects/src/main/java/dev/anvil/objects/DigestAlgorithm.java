package dev.anvil.objects;

import dev.anvil.ports.failure.Corrupt;

/** Checksums of content this server can compute; the code is their name in records. */
public enum DigestAlgorithm {
  /** MD5, 16 bytes. */
  MD5(1, 16, "md5"),
  /** SHA-1, 20 bytes. */
  SHA1(2, 20, "sha"),
  /** SHA-256, 32 bytes. */
  SHA256(3, 32, "sha-256"),
  /** SHA-512, 64 bytes. */
  SHA512(4, 64, "sha-512"),
  /** CRC-32 (ISO-HDLC), 4 bytes. */
  CRC32(5, 4, "crc32"),
  /** CRC-32C (Castagnoli), 4 bytes. */
  CRC32C(6, 4, "crc32c"),
  /** CRC-64/NVME, 8 bytes. */
  CRC64NVME(7, 8, "crc64nvme");

  private final int code;
  private final int bytes;
  private final String wire;

  DigestAlgorithm(int code, int bytes, String wire) {
    this.code = code;
    this.bytes = bytes;
    this.wire = wire;
  }

  /** Name in records. */
  public int code() {
    return code;
  }

  /** Length of a value. */
  public int bytes() {
    return bytes;
  }

  /** Name in digest fields (RFC 9530), in lower case. */
  public String wire() {
    return wire;
  }

  /** By name in digest fields; null when it is not known. */
  public static DigestAlgorithm ofWire(String name) {
    for (DigestAlgorithm a : values()) {
      if (a.wire.equals(name)) {
        return a;
      }
    }
    return null;
  }

  static DigestAlgorithm ofCode(int code) {
    for (DigestAlgorithm a : values()) {
      if (a.code == code) {
        return a;
      }
    }
    throw new Corrupt("digest algorithm " + code + " is not known");
  }
}
