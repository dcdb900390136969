package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Computes checksums of content on its way: always MD5 and SHA-256, others on demand. */
public final class Digests {
  private final Map<DigestAlgorithm, Sink> sinks = new EnumMap<>(DigestAlgorithm.class);
  private final Map<DigestAlgorithm, byte[]> values = new EnumMap<>(DigestAlgorithm.class);
  private long size;

  private interface Sink {
    void update(ByteBuffer bytes);

    byte[] value();
  }

  /** With these algorithms beside MD5 and SHA-256. */
  public Digests(Set<DigestAlgorithm> extra) {
    this(extra, ForeignDigests.NONE);
  }

  /** The same, with who computes what is not computed here. */
  public Digests(Set<DigestAlgorithm> extra, ForeignDigests foreign) {
    sinks.put(DigestAlgorithm.MD5, hash("MD5"));
    sinks.put(DigestAlgorithm.SHA256, hash("SHA-256"));
    for (DigestAlgorithm a : extra) {
      sinks.computeIfAbsent(a, _ -> a.computed() ? sink(a) : foreign(foreign.start(a)));
    }
  }

  /** Takes all remaining bytes; the buffer's position is unchanged. */
  public void update(ByteBuffer bytes) {
    size += bytes.remaining();
    sinks.values().forEach(s -> s.update(bytes.duplicate()));
  }

  /** Bytes taken so far. */
  public long size() {
    return size;
  }

  /** Ends the computation; idempotent. */
  public Digests end() {
    if (values.isEmpty()) {
      sinks.forEach((a, s) -> values.put(a, s.value()));
    }
    return this;
  }

  /** A value after the end; null when it was not asked for. */
  public byte[] get(DigestAlgorithm algorithm) {
    return values.get(algorithm);
  }

  /** The values that are to be kept, after the end. */
  public Map<DigestAlgorithm, byte[]> kept(ExpectedDigests expected) {
    Map<DigestAlgorithm, byte[]> kept = new EnumMap<>(DigestAlgorithm.class);
    expected.kept().forEach(a -> kept.put(a, get(a)));
    return kept;
  }

  /** Those of the bytes as such, after the end. */
  public PlainDigests plain() {
    return new PlainDigests(get(DigestAlgorithm.MD5), get(DigestAlgorithm.SHA256));
  }

  /** MD5 as an entity tag. */
  public String etag() {
    return HexFormat.of().formatHex(get(DigestAlgorithm.MD5));
  }

  /**
   * Compares after the end, first what was demanded before, then what came late.
   *
   * @throws Invalid BadDigest
   */
  public void verify(ExpectedDigests expected) {
    expected.values().forEach(this::verify);
    expected
        .late()
        .values()
        .forEach((algorithm, value) -> {
          ExpectedDigests.checkLength(algorithm, value);
          verify(algorithm, value);
        });
  }

  private void verify(DigestAlgorithm algorithm, byte[] value) {
    if (!algorithm.computed()) {
      values.put(algorithm, value.clone());
      return;
    }
    if (!MessageDigest.isEqual(value, get(algorithm))) {
      throw new Invalid(
          Invalid.Reason.BAD_DIGEST,
          "the content's "
              + algorithm.wire()
              + " is not the one announced; the content was damaged on its way",
          Map.of(
              "algorithm", algorithm.wire(),
              "expected", HexFormat.of().formatHex(value),
              "actual", HexFormat.of().formatHex(get(algorithm))));
    }
  }

  static MessageDigest sha256() {
    return message("SHA-256");
  }

  private static Sink sink(DigestAlgorithm algorithm) {
    return switch (algorithm) {
      case MD5 -> hash("MD5");
      case SHA1 -> hash("SHA-1");
      case SHA256 -> hash("SHA-256");
      case SHA512 -> hash("SHA-512");
      case CRC32 -> checksum(new CRC32(), Integer.BYTES);
      case CRC32C -> checksum(new CRC32C(), Integer.BYTES);
      case CRC64NVME -> checksum(new Crc64Nvme(), Long.BYTES);
      case XXHASH64,
          XXHASH3,
          XXHASH128,
          CRC32_OF_PARTS,
          CRC32C_OF_PARTS,
          SHA1_OF_PARTS,
          SHA256_OF_PARTS,
          SHA512_OF_PARTS,
          MD5_OF_PARTS,
          XXHASH64_OF_PARTS,
          XXHASH3_OF_PARTS,
          XXHASH128_OF_PARTS ->
          throw new IllegalArgumentException(algorithm + " is not computed here");
    };
  }

  private static Sink foreign(ForeignDigests.Running running) {
    return new Sink() {
      @Override
      public void update(ByteBuffer bytes) {
        running.update(bytes);
      }

      @Override
      public byte[] value() {
        return running.value();
      }
    };
  }

  private static Sink hash(String name) {
    MessageDigest digest = message(name);
    return new Sink() {
      @Override
      public void update(ByteBuffer bytes) {
        digest.update(bytes);
      }

      @Override
      public byte[] value() {
        return digest.digest();
      }
    };
  }

  private static Sink checksum(Checksum sum, int bytes) {
    return new Sink() {
      @Override
      public void update(ByteBuffer from) {
        sum.update(from);
      }

      @Override
      public byte[] value() {
        byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(sum.getValue()).array();
        return java.util.Arrays.copyOfRange(all, Long.BYTES - bytes, Long.BYTES);
      }
    };
  }

  private static MessageDigest message(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}
