package dev.anvil.objects;

import dev.anvil.ports.failure.Corrupt;

/** Checksums of content that are kept with versions; the code is their name in records. */
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
  CRC64NVME(7, 8, "crc64nvme"),
  /** XXH64, 8 bytes, big-endian; not computed here. */
  XXHASH64(8, 8, "xxhash64"),
  /** XXH3 of 64 bits, big-endian; not computed here. */
  XXHASH3(9, 8, "xxhash3"),
  /** XXH3 of 128 bits, high half first; not computed here. */
  XXHASH128(10, 16, "xxhash128"),
  /** CRC32 over the CRC32 of the parts. */
  CRC32_OF_PARTS(69, 4, "crc32-of-parts"),
  /** CRC32C over the CRC32C of the parts. */
  CRC32C_OF_PARTS(70, 4, "crc32c-of-parts"),
  /** SHA1 over the SHA1 of the parts. */
  SHA1_OF_PARTS(66, 20, "sha-of-parts"),
  /** SHA256 over the SHA256 of the parts. */
  SHA256_OF_PARTS(67, 32, "sha-256-of-parts"),
  /** SHA512 over the SHA512 of the parts. */
  SHA512_OF_PARTS(68, 64, "sha-512-of-parts"),
  /** MD5 over the MD5 of the parts. */
  MD5_OF_PARTS(65, 16, "md5-of-parts"),
  /** XXHASH64 over the XXHASH64 of the parts. */
  XXHASH64_OF_PARTS(72, 8, "xxhash64-of-parts"),
  /** XXHASH3 over the XXHASH3 of the parts. */
  XXHASH3_OF_PARTS(73, 8, "xxhash3-of-parts"),
  /** XXHASH128 over the XXHASH128 of the parts. */
  XXHASH128_OF_PARTS(74, 16, "xxhash128-of-parts");

  private static final int PARTS = 64;
  private static final DigestAlgorithm[] BY_CODE = byCode();

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

  /** Whether this server computes it; if not, who gives a value has compared it. */
  public boolean computed() {
    return code < XXHASH64.code;
  }

  /** Whether it is computed over the parts' values, of the algorithm that {@link #plain} names. */
  public boolean ofParts() {
    return code > PARTS;
  }

  /** The algorithm of the parts' values, or this one. */
  public DigestAlgorithm plain() {
    return ofParts() ? ofCode(code - PARTS) : this;
  }

  /** The same over the parts' values; null if there is none. */
  public DigestAlgorithm overParts() {
    return this == CRC64NVME ? null : ofCode(code + PARTS);
  }

  /** By name in digest fields; null when it is not known or not computed. */
  public static DigestAlgorithm ofWire(String name) {
    for (DigestAlgorithm a : values()) {
      if (a.wire.equals(name) && a.computed()) {
        return a;
      }
    }
    return null;
  }

  /** By its name in records. */
  public static DigestAlgorithm ofCode(int code) {
    DigestAlgorithm found = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    if (found == null) {
      throw new Corrupt("digest algorithm " + code + " is not known");
    }
    return found;
  }

  private static DigestAlgorithm[] byCode() {
    DigestAlgorithm[] all = new DigestAlgorithm[2 * PARTS];
    for (DigestAlgorithm a : values()) {
      all[a.code] = a;
    }
    return all;
  }
}
