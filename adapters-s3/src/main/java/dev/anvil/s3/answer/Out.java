package dev.anvil.s3.answer;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Receipt;
import dev.anvil.s3.body.S3Checksum;
import dev.anvil.s3.wire.S3Exchange;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** How answers are put together. */
final class Out {
  private static final String XML = "application/xml";
  private static final byte[] NOTHING = new byte[0];

  /** The elements that name a checksum. */
  private static final Map<DigestAlgorithm, byte[]> ALGORITHMS = algorithmElements();

  private Out() {}

  /** A document; what is left of it if the answer has begun. */
  static void xml(S3Call call, int status, XmlWriter document) throws IOException {
    if (call.exchange().begun()) {
      call.exchange().write(ByteBuffer.wrap(document.bytesAfterHead()), true);
      return;
    }
    ByteBuffer body = document.content();
    S3Exchange exchange = call.exchange();
    exchange.response().setStatus(status);
    exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, XML);
    exchange.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    exchange.write(body, true);
  }

  /** Nothing but headers. */
  static void empty(S3Call call, int status) throws IOException {
    S3Exchange exchange = call.exchange();
    exchange.response().setStatus(status);
    if (status != 204 && status != 304) {
      exchange.response().getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
    }
    exchange.write(ByteBuffer.wrap(NOTHING), true);
  }

  static HttpFields.Mutable headers(S3Call call) {
    return call.exchange().response().getHeaders();
  }

  /** Entity tag with its quotes. */
  static String quoted(String etag) {
    return '"' + etag + '"';
  }

  /** The version id as clients see it: none where no versions are kept. */
  static void version(S3Call call, boolean versioned, boolean nullVersion, String version) {
    if (versioned && version != null) {
      headers(call).put("x-amz-version-id", nullVersion ? "null" : version);
    }
  }

  /** The version id of what was written: the null version is not named. */
  static void written(S3Call call, Receipt receipt) {
    if (!receipt.nullVersion()) {
      version(call, receipt.versioned(), false, receipt.version());
    }
  }

  /** Headers of checksums. */
  static void checksums(S3Call call, Map<DigestAlgorithm, byte[]> kept, int parts) {
    kept.forEach((algorithm, value) -> {
      headers(call).put(S3Checksum.of(algorithm).header(), text(algorithm, value, parts));
      headers(call).put("x-amz-checksum-type", type(algorithm));
    });
  }

  /** Elements that name the checksums which are kept. */
  static void algorithms(XmlWriter out, Set<DigestAlgorithm> kept) {
    for (DigestAlgorithm algorithm : kept) {
      out.markup(ALGORITHMS.get(algorithm));
    }
  }

  private static Map<DigestAlgorithm, byte[]> algorithmElements() {
    Map<DigestAlgorithm, byte[]> elements = new EnumMap<>(DigestAlgorithm.class);
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      elements.put(
          algorithm,
          XmlWriter.constant(
              "<ChecksumAlgorithm>"
                  + S3Checksum.of(algorithm).name()
                  + "</ChecksumAlgorithm><ChecksumType>"
                  + type(algorithm)
                  + "</ChecksumType>"));
    }
    return elements;
  }

  /** Elements of checksums. */
  static void checksums(XmlWriter out, Map<DigestAlgorithm, byte[]> kept, int parts) {
    kept.forEach((algorithm, value) -> {
      out.element(S3Checksum.of(algorithm).element(), text(algorithm, value, parts));
      out.element("ChecksumType", type(algorithm));
    });
  }

  /** A value as the wire has it. */
  static String text(DigestAlgorithm algorithm, byte[] value, int parts) {
    String base64 = Base64.getEncoder().encodeToString(value);
    return algorithm.ofParts() ? base64 + "-" + parts : base64;
  }

  static String type(DigestAlgorithm algorithm) {
    return algorithm.ofParts() ? "COMPOSITE" : "FULL_OBJECT";
  }
}
