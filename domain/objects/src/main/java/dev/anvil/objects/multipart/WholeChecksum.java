package dev.anvil.objects.multipart;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Digests;
import dev.anvil.objects.ForeignDigests;
import dev.anvil.ports.failure.Invalid;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The checksum of a version out of those of its parts. */
final class WholeChecksum {
  private WholeChecksum() {}

  /** The value to keep, by its name; nothing for uploads without a checksum. */
  static Map<DigestAlgorithm, byte[]> of(
      UploadChecksum checksum, List<PartRecord> parts, ForeignDigests foreign) {
    if (checksum == null) {
      return Map.of();
    }
    DigestAlgorithm algorithm = checksum.algorithm();
    for (PartRecord part : parts) {
      if (!part.checksums().containsKey(algorithm)) {
        return Map.of();
      }
    }
    if (checksum.whole()) {
      return Map.of(algorithm, combined(algorithm, parts));
    }
    byte[] value = overParts(algorithm, parts, foreign);
    return value == null ? Map.of() : Map.of(algorithm.overParts(), value);
  }

  private static byte[] combined(DigestAlgorithm algorithm, List<PartRecord> parts) {
    CrcCombination crc = CrcCombination.of(algorithm);
    long value = 0;
    boolean first = true;
    for (PartRecord part : parts) {
      long of = number(part.checksums().get(algorithm));
      value = first ? of : crc.combine(value, of, part.part().size());
      first = false;
    }
    byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    return Arrays.copyOfRange(all, Long.BYTES - algorithm.bytes(), Long.BYTES);
  }

  private static byte[] overParts(
      DigestAlgorithm algorithm, List<PartRecord> parts, ForeignDigests foreign) {
    if (!algorithm.computed() && foreign.start(algorithm) == null) {
      // nobody here can compute it: the parts keep their values and the whole has none
      return null;
    }
    Digests digests = new Digests(Set.of(algorithm), foreign);
    parts.forEach(p -> digests.update(ByteBuffer.wrap(p.checksums().get(algorithm))));
    return digests.end().get(algorithm);
  }

  /**
   * Compares what the completion says with what the upload has; of an upload that names no checksum
   * it may say anything.
   *
   * @throws Invalid InvalidRequest if it speaks of another kind of checksum, or leaves out those of
   *     the parts where the whole's is made of them; BadDigest
   */
  static void check(
      UploadChecksum upload, Map<DigestAlgorithm, byte[]> kept, CompleteUpload.Command command) {
    if (upload == null || !upload.strict()) {
      return;
    }
    WholeClaim claim = command.checksum();
    if (claim.whole() != null && claim.whole() != upload.whole()) {
      throw another(upload);
    }
    requireOfUpload(upload.algorithm(), command.parts());
    if (!upload.whole()) {
      requireOfParts(upload.algorithm(), command.parts());
    }
    claim
        .values()
        .forEach((algorithm, value) -> {
          // a value that does not say of what it is made is of what the upload wants
          boolean meant = claim.whole() == null && upload.algorithm() == algorithm;
          if (upload.kept() != algorithm && !meant) {
            throw another(upload);
          }
          byte[] actual = kept.get(upload.kept());
          if (actual != null && !MessageDigest.isEqual(actual, value)) {
            throw new Invalid(
                Invalid.Reason.BAD_DIGEST,
                "the " + algorithm.wire() + " of the whole is not the one announced",
                Map.of(
                    "algorithm", algorithm.wire(),
                    "expected", HexFormat.of().formatHex(value),
                    "actual", HexFormat.of().formatHex(actual)));
          }
        });
  }

  private static Invalid another(UploadChecksum upload) {
    return new Invalid(
        Invalid.Reason.REQUEST,
        "The upload was created using the "
            + (upload.whole() ? "FULL_OBJECT" : "COMPOSITE")
            + " checksum mode. The complete request must use the same checksum mode.",
        Map.of("algorithm", upload.algorithm().wire()));
  }

  private static void requireOfUpload(DigestAlgorithm algorithm, List<PartClaim> parts) {
    for (PartClaim part : parts) {
      for (DigestAlgorithm named : part.checksums().keySet()) {
        if (named != algorithm) {
          throw new Invalid(
              Invalid.Reason.BAD_DIGEST,
              "part " + part.number() + " is named with another checksum than the upload's",
              Map.of("algorithm", named.wire(), "partNumber", part.number()));
        }
      }
    }
  }

  private static void requireOfParts(DigestAlgorithm algorithm, List<PartClaim> parts) {
    for (PartClaim part : parts) {
      if (part.checksums().isEmpty()) {
        throw new Invalid(
            Invalid.Reason.REQUEST,
            "The upload was created using a "
                + algorithm.name().toLowerCase(Locale.ROOT)
                + " checksum. The complete request must include the checksum for each part. It was"
                + " missing for part "
                + part.number()
                + " in the request.",
            Map.of("partNumber", part.number()));
      }
    }
  }

  private static long number(byte[] value) {
    long number = 0;
    for (byte b : value) {
      number = number << 8 | b & 0xff;
    }
    return number;
  }
}
