package dev.anvil.objects.multipart;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.parts.Part;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What a part may be and which parts make a version. */
final class PartRules {
  private PartRules() {}

  /** Refuses part numbers outside 1..10,000. */
  static void number(int number) {
    if (number < 1 || number > MultipartLimits.MAX_PARTS) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "part number " + number + " is outside 1.." + MultipartLimits.MAX_PARTS,
          Map.of("partNumber", number, "limit", MultipartLimits.MAX_PARTS));
    }
  }

  /** Refuses a list of parts that is empty, too long or not strictly ascending. */
  static void order(List<PartClaim> claims) {
    if (claims.isEmpty()) {
      throw new Invalid(Invalid.Reason.REQUEST, "a completion names at least one part");
    }
    if (claims.size() > MultipartLimits.MAX_PARTS) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "a completion names at most " + MultipartLimits.MAX_PARTS + " parts",
          Map.of("parts", claims.size(), "limit", MultipartLimits.MAX_PARTS));
    }
    int before = 0;
    for (PartClaim claim : claims) {
      number(claim.number());
      if (claim.number() <= before) {
        throw new Invalid(
            Invalid.Reason.PART_ORDER,
            "part "
                + claim.number()
                + " follows part "
                + before
                + "; name parts in ascending order",
            Map.of("partNumber", claim.number()));
      }
      before = claim.number();
    }
  }

  /** Refuses a claim that the stored part (null if absent) does not meet. */
  static void matches(PartClaim claim, Part stored) {
    if (stored == null || !HexFormat.of().formatHex(stored.md5()).equalsIgnoreCase(claim.etag())) {
      throw new Invalid(
          Invalid.Reason.PART,
          "part "
              + claim.number()
              + (stored == null
                  ? " was not uploaded"
                  : " has another etag than " + shortened(claim.etag()))
              + "; list the parts and complete with what they are",
          Map.of("partNumber", claim.number()));
    }
  }

  /** Refuses a claim of another checksum than the stored part has. */
  static void matchesChecksums(PartClaim claim, Map<DigestAlgorithm, byte[]> stored) {
    claim
        .checksums()
        .forEach((algorithm, value) -> {
          byte[] actual = stored.get(algorithm);
          if (actual != null && !MessageDigest.isEqual(actual, value)) {
            throw new Invalid(
                Invalid.Reason.PART,
                "part " + claim.number() + " has another " + algorithm.wire(),
                Map.of("partNumber", claim.number()));
          }
        });
  }

  /** Refuses a small part that is not the last, and more bytes than an object may have. */
  static void sizes(List<Part> parts) {
    long sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (i < parts.size() - 1 && part.size() < MultipartLimits.MIN_PART_BYTES) {
        throw new Invalid(
            Invalid.Reason.PART_TOO_SMALL,
            "part "
                + part.number()
                + " has "
                + part.size()
                + " bytes; every part but the last has at least "
                + MultipartLimits.MIN_PART_BYTES,
            Map.of(
                "partNumber", part.number(),
                "size", part.size(),
                "limit", MultipartLimits.MIN_PART_BYTES));
      }
      sum += part.size();
      if (sum > MultipartLimits.MAX_OBJECT_BYTES) {
        throw tooLarge(sum);
      }
    }
  }

  /** The refusal of an object over 5 TiB. */
  static LimitExceeded tooLarge(long size) {
    return new LimitExceeded(
        LimitExceeded.Reason.TOO_LARGE,
        "the parts hold more than " + MultipartLimits.MAX_OBJECT_BYTES + " bytes",
        Map.of("size", size, "limit", MultipartLimits.MAX_OBJECT_BYTES));
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "...";
  }
}
