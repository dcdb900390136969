package dev.anvil.s3.body;

import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * What the headers of an upload say about checksums.
 *
 * @param algorithm the one algorithm named, or null
 * @param value its value if it was sent ahead, or null
 * @param trailer whether the value comes in a trailer
 * @param md5 Content-MD5, or null
 */
public record ChecksumHeaders(S3Checksum algorithm, byte[] value, boolean trailer, byte[] md5) {
  private static final int MD5_BYTES = 16;

  /** Headers of this beginning that carry no value. */
  private static final Set<String> OTHERS =
      Set.of("x-amz-checksum-algorithm", "x-amz-checksum-type", "x-amz-checksum-mode");

  /**
   * Reads them.
   *
   * @throws S3Failure InvalidRequest for what contradicts itself, InvalidDigest for a Content-MD5
   *     that is none
   */
  public static ChecksumHeaders parse(HttpFields headers) {
    S3Checksum inHeader = null;
    byte[] value = null;
    for (HttpField field : headers) {
      S3Checksum named = S3Checksum.byHeader(field.getName());
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (named == null && name.startsWith(S3Checksum.HEADER) && !OTHERS.contains(name)) {
        throw invalid("The algorithm type you specified in x-amz-checksum- header is invalid.");
      }
      if (named != null) {
        if (inHeader != null) {
          throw several();
        }
        inHeader = named;
        value = named.decode(field.getValue() == null ? "" : field.getValue());
      }
    }
    if (inHeader != null && value == null) {
      throw invalid("Value for " + inHeader.header() + " header is invalid.");
    }
    S3Checksum inTrailer = trailer(headers.get("x-amz-trailer"));
    if (inHeader != null && inTrailer != null) {
      throw several();
    }
    S3Checksum found = inHeader != null ? inHeader : inTrailer;
    checkNamed(headers.get("x-amz-sdk-checksum-algorithm"), found);
    return new ChecksumHeaders(found, value, inTrailer != null, md5(headers));
  }

  private static S3Checksum trailer(String announced) {
    if (announced == null || announced.isBlank()) {
      return null;
    }
    S3Checksum named = S3Checksum.byHeader(announced.strip().toLowerCase(Locale.ROOT));
    if (named == null) {
      throw invalid("The value specified in the x-amz-trailer header is not supported");
    }
    return named;
  }

  private static void checkNamed(String name, S3Checksum found) {
    if (name == null) {
      return;
    }
    S3Checksum named = S3Checksum.byName(name.strip());
    if (named == null || found != null && named != found) {
      throw invalid("Value for x-amz-sdk-checksum-algorithm header is invalid.");
    }
    if (found == null) {
      throw invalid(
          "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
              + " x-amz-trailer headers were found.");
    }
  }

  private static byte[] md5(HttpFields headers) {
    String text = headers.get("Content-MD5");
    if (text == null) {
      return null;
    }
    try {
      byte[] md5 = Base64.getDecoder().decode(text.strip());
      if (md5.length == MD5_BYTES) {
        return md5;
      }
    } catch (IllegalArgumentException e) {
      throw invalidDigest(text);
    }
    throw invalidDigest(text);
  }

  private static S3Failure invalidDigest(String sent) {
    return new S3Failure(
        S3Code.InvalidDigest, S3Code.InvalidDigest.message(), Map.of("Content-MD5", sent));
  }

  private static S3Failure several() {
    return invalid(
        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  }

  private static S3Failure invalid(String message) {
    return new S3Failure(S3Code.InvalidRequest, message);
  }
}
