package dev.anvil.s3.answer;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.multipart.MultipartLimits;
import dev.anvil.objects.multipart.PartClaim;
import dev.anvil.objects.multipart.UploadChecksum;
import dev.anvil.objects.multipart.WholeClaim;
import dev.anvil.s3.body.OtherDigests;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.XmlTree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;

/** What requests say of checksums of an upload, of its parts and of the whole. */
final class UploadChecksums {
  private static final String TYPE = "x-amz-checksum-type";
  private static final String ALGORITHM = "x-amz-checksum-algorithm";
  private static final String SIZE = "x-amz-mp-object-size";

  private UploadChecksums() {}

  /** The checksum of a new upload: what is named, else the CRC-64 of the whole. */
  static UploadChecksum of(S3Call call) {
    String name = call.header(ALGORITHM);
    Boolean whole = whole(call);
    if (name == null && whole != null) {
      throw invalid(
          "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm"
              + " header.");
    }
    if (name == null) {
      return UploadChecksum.USUAL;
    }
    S3Checksum algorithm = S3Checksum.byName(name.strip());
    if (algorithm == null) {
      throw unsupported();
    }
    boolean ofWhole = whole == null ? algorithm == S3Checksum.CRC64NVME : whole;
    boolean possible = ofWhole ? algorithm.linear() : algorithm != S3Checksum.CRC64NVME;
    if (!possible) {
      throw invalid(
          "The "
              + (ofWhole ? "FULL_OBJECT" : "COMPOSITE")
              + " checksum type cannot be used with the "
              + algorithm.name().toLowerCase(java.util.Locale.ROOT)
              + " checksum algorithm.");
    }
    return new UploadChecksum(algorithm.digest(), ofWhole, true);
  }

  static S3Failure unsupported() {
    return invalid(
        "Checksum algorithm provided is unsupported. Please try again with any of the valid"
            + " types: [CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3,"
            + " XXHASH64]");
  }

  private static Boolean whole(S3Call call) {
    String type = call.header(TYPE);
    if (type == null) {
      return null;
    }
    return switch (type.toUpperCase(Locale.ROOT)) {
      case "FULL_OBJECT" -> true;
      case "COMPOSITE" -> false;
      default -> throw invalid("Value for x-amz-checksum-type header is invalid.");
    };
  }

  /** What a completion demands of the whole, by the names under which it is kept. */
  static WholeClaim ofWhole(S3Call call, int parts) {
    Map<DigestAlgorithm, byte[]> demanded = new EnumMap<>(DigestAlgorithm.class);
    Boolean whole = whole(call);
    for (HttpField field : call.headers()) {
      S3Checksum named = S3Checksum.byHeader(field.getName());
      if (named == null) {
        continue;
      }
      if (!demanded.isEmpty()) {
        throw invalid(
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
      }
      String sent = field.getValue() == null ? "" : field.getValue().strip();
      int dash = sent.indexOf('-');
      boolean ofParts = whole == null ? dash >= 0 : !whole;
      byte[] value = named.decode(dash < 0 ? sent : sent.substring(0, dash));
      DigestAlgorithm kept = ofParts ? named.digest().overParts() : named.digest();
      boolean counted = dash < 0 || sent.substring(dash + 1).equals(Integer.toString(parts));
      if (value == null || kept == null || !counted) {
        throw invalid("Value for " + named.header() + " header is invalid.");
      }
      demanded.put(kept, value);
    }
    return new WholeClaim(whole, demanded, OtherDigests.ALL);
  }

  /** Bytes the whole must have, or -1. */
  static long expectedSize(S3Call call) {
    String size = call.header(SIZE);
    if (size == null) {
      return -1;
    }
    if (size.matches("-[0-9]{1,15}")) {
      throw invalid("Value for " + SIZE + " header is less than zero: '" + size + "'");
    }
    if (!size.matches("[0-9]{1,15}")) {
      throw invalid("Value for " + SIZE + " header is invalid: '" + size + "'");
    }
    return Long.parseLong(size);
  }

  /** The parts a completion names. */
  static List<PartClaim> claims(XmlTree document) {
    List<XmlTree> parts = document.all("Part");
    if (parts.isEmpty()) {
      throw XmlTree.malformed();
    }
    List<PartClaim> claims = new ArrayList<>(parts.size());
    for (XmlTree part : parts) {
      String number = part.required("PartNumber").strip();
      if (!number.matches("-?[0-9]{1,9}")) {
        throw XmlTree.malformed();
      }
      int n = Integer.parseInt(number);
      if (n < 1) {
        throw Numbers.argument("PartNumber", number, "PartNumber must be >= 1");
      }
      if (n > MultipartLimits.MAX_PARTS) {
        throw new S3Failure(S3Code.InvalidPart);
      }
      claims.add(new PartClaim(n, part.required("ETag"), checksums(part)));
    }
    return claims;
  }

  private static Map<DigestAlgorithm, byte[]> checksums(XmlTree part) {
    Map<DigestAlgorithm, byte[]> checksums = new EnumMap<>(DigestAlgorithm.class);
    for (S3Checksum c : S3Checksum.values()) {
      String text = part.text(c.element());
      if (text != null && !text.isBlank()) {
        byte[] value = c.decode(text);
        if (value == null) {
          throw Numbers.argument(
              c.element(), text, "Invalid Base64 or multiple checksums present in request");
        }
        checksums.put(c.digest(), value);
        if (checksums.size() > 1) {
          throw Numbers.argument(
              c.element(), text, "Invalid Base64 or multiple checksums present in request");
        }
      }
    }
    return checksums;
  }

  private static S3Failure invalid(String message) {
    return new S3Failure(S3Code.InvalidRequest, message);
  }
}
