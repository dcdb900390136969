package dev.anvil.s3.body;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.anvil.objects.DigestAlgorithm;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;

/** The checksum algorithms S3 knows; the name is the wire's. */
public enum S3Checksum {
  CRC32(DigestAlgorithm.CRC32),
  CRC32C(DigestAlgorithm.CRC32C),
  CRC64NVME(DigestAlgorithm.CRC64NVME),
  SHA1(DigestAlgorithm.SHA1),
  SHA256(DigestAlgorithm.SHA256),
  SHA512(DigestAlgorithm.SHA512),
  MD5(DigestAlgorithm.MD5),
  XXHASH64(DigestAlgorithm.XXHASH64),
  XXHASH3(DigestAlgorithm.XXHASH3),
  XXHASH128(DigestAlgorithm.XXHASH128);

  /** Start of the header that carries a value. */
  public static final String HEADER = "x-amz-checksum-";

  private final DigestAlgorithm digest;
  private final String header;

  S3Checksum(DigestAlgorithm digest) {
    this.digest = digest;
    this.header = HEADER + name().toLowerCase(Locale.ROOT);
  }

  /** What a running computation looks like. */
  interface Running {
    /** Takes bytes. */
    void update(byte[] bytes, int offset, int length);

    /** The value, big-endian. */
    byte[] value();
  }

  /** The domain's name for it. */
  public DigestAlgorithm digest() {
    return digest;
  }

  /** Header, trailer, and element in lower case, that carry a value. */
  public String header() {
    return header;
  }

  /** Element of documents that carries a value, {@code ChecksumCRC32}. */
  public String element() {
    return "Checksum" + name();
  }

  /** Whether checksums of parts give that of the whole. */
  public boolean linear() {
    return this == CRC32 || this == CRC32C || this == CRC64NVME;
  }

  /** By name in any case; null if it is not known. */
  public static S3Checksum byName(String name) {
    for (S3Checksum c : values()) {
      if (c.name().equalsIgnoreCase(name)) {
        return c;
      }
    }
    return null;
  }

  /** By header; null if it is not known. */
  public static S3Checksum byHeader(String name) {
    return name.regionMatches(true, 0, HEADER, 0, HEADER.length())
        ? byName(name.substring(HEADER.length()))
        : null;
  }

  /** By the domain's name, also of what is computed over parts. */
  public static S3Checksum of(DigestAlgorithm algorithm) {
    for (S3Checksum c : values()) {
      if (c.digest == algorithm.plain()) {
        return c;
      }
    }
    throw new IllegalArgumentException("no checksum of S3: " + algorithm);
  }

  /** A value as the wire has it, or null if it is none: bad base64 or another length. */
  public byte[] decode(String text) {
    try {
      byte[] value = Base64.getDecoder().decode(text.strip());
      return value.length == digest.bytes() ? value : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A computation of what the domain leaves to others; null for all else. */
  Running running() {
    return switch (this) {
      case XXHASH64 -> running(Hashing.xxh64().hashStream());
      case XXHASH3 -> running(Hashing.xxh3_64().hashStream());
      case XXHASH128 -> {
        var stream = Hashing.xxh3_128().hashStream();
        yield new Running() {
          @Override
          public void update(byte[] bytes, int offset, int length) {
            stream.putBytes(bytes, offset, length);
          }

          @Override
          public byte[] value() {
            var value = stream.get();
            return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array();
          }
        };
      }
      case CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512, MD5 -> null;
    };
  }

  private static Running running(HashStream64 stream) {
    return new Running() {
      @Override
      public void update(byte[] bytes, int offset, int length) {
        stream.putBytes(bytes, offset, length);
      }

      @Override
      public byte[] value() {
        return ByteBuffer.allocate(Long.BYTES).putLong(stream.getAsLong()).array();
      }
    };
  }
}
