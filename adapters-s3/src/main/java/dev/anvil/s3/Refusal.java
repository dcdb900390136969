package dev.anvil.s3;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.s3.request.Address;
import dev.anvil.s3.sign.PayloadMode;
import dev.anvil.s3.sign.Proof;
import dev.anvil.s3.wire.Failures;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Exchange;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a failure of one request as S3 does. */
final class Refusal {
  private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);
  private static final Set<String> KEPT =
      Set.of("x-amz-request-id", "x-amz-id-2", "x-amz-bucket-region", "x-content-type-options");
  private static final Set<String> DROPPED =
      Set.of("etag", "last-modified", "accept-ranges", "cache-control", "expires", "location");
  private static final List<String> CONDITIONS =
      List.of(
          "x-amz-copy-source-If-Match",
          "x-amz-copy-source-If-Unmodified-Since",
          "x-amz-copy-source-If-None-Match",
          "x-amz-copy-source-If-Modified-Since",
          "If-Match",
          "If-Unmodified-Since",
          "If-None-Match",
          "x-amz-if-match-size",
          "x-amz-if-match-last-modified-time",
          "x-amz-if-match-initiated-time");
  private static final byte[] NOTHING = new byte[0];

  private final S3Exchange exchange;
  private Address address = new Address(null, null, false);
  private Proof proof;

  Refusal(S3Exchange exchange) {
    this.exchange = exchange;
  }

  void about(Address found) {
    this.address = found;
  }

  void proved(Proof found) {
    this.proof = found;
  }

  /** Answers; nothing was sent yet. */
  void answer(Exception thrown) throws IOException {
    S3Failure failure = translate(thrown);
    exchange.code(failure.code().name());
    int status = failure.code().status();
    exchange.response().setStatus(status);
    HttpFields.Mutable headers = exchange.response().getHeaders();
    clean(headers);
    failure.headers().forEach(headers::put);
    if (status == 304) {
      exchange.refuse(NOTHING);
      return;
    }
    headers.put(HttpHeader.CONTENT_TYPE, "application/xml");
    boolean head = exchange.request().getMethod().equals("HEAD");
    byte[] body = head ? NOTHING : document(failure).bytes();
    if (!head) {
      headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    exchange.refuse(body);
  }

  /** Tells it inside a document whose head has left as that of a success. */
  void answerInside(Exception thrown) throws IOException {
    S3Failure failure = translate(thrown);
    exchange.code(failure.code().name());
    exchange.write(ByteBuffer.wrap(document(failure).bytesAfterHead()), true);
  }

  /** What was put there for an answer that did not come. */
  private static void clean(HttpFields.Mutable headers) {
    List<String> gone = new ArrayList<>();
    for (HttpField field : headers) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      boolean ours = name.startsWith("x-amz-") || name.startsWith("content-");
      if ((ours || DROPPED.contains(name)) && !KEPT.contains(name)) {
        gone.add(field.getName());
      }
    }
    gone.forEach(headers::remove);
  }

  private XmlWriter document(S3Failure failure) {
    XmlWriter out = XmlWriter.document().open("Error");
    out.element("Code", failure.code().name()).element("Message", failure.getMessage());
    failure.elements().forEach(out::element);
    if (failure.code() == S3Code.PreconditionFailed
        && !failure.elements().containsKey("Condition")) {
      out.element("Condition", condition());
    }
    if (address.bucket() != null && !failure.elements().containsKey("BucketName")) {
      out.element("BucketName", address.bucket());
    }
    if (address.key() != null && !failure.elements().containsKey("Key")) {
      out.element("Key", address.key());
    }
    return out.element("Resource", exchange.request().getHttpURI().getPath())
        .element("RequestId", exchange.id())
        .element("HostId", exchange.id());
  }

  /** The condition of the request that comes first, as AWS spells it; null for none. */
  private String condition() {
    return CONDITIONS.stream()
        .filter(exchange.request().getHeaders()::contains)
        .findFirst()
        .orElse(null);
  }

  private S3Failure translate(Exception thrown) {
    return switch (thrown) {
      case S3Failure known -> known;
      case Invalid digest when ofSignedHash(digest) ->
          new S3Failure(
              S3Code.XAmzContentSHA256Mismatch,
              S3Code.XAmzContentSHA256Mismatch.message(),
              Map.of(
                  "ClientComputedContentSHA256", digest.fields().get("expected").toString(),
                  "S3ComputedContentSHA256", digest.fields().get("actual").toString()));
      case Invalid digest when ofContentMd5(digest) ->
          new S3Failure(
              S3Code.BadDigest,
              S3Code.BadDigest.message(),
              Map.of(
                  "CalculatedDigest", base64(digest.fields().get("actual")),
                  "ExpectedDigest", String.valueOf(digest.fields().get("expected"))));
      case Invalid range when range.reason() == Invalid.Reason.RANGE ->
          range(range, exchange.request().getHeaders().get("Range"));
      case AnvilException known -> Failures.of(known);
      default -> unforeseen(thrown);
    };
  }

  private static S3Failure range(Invalid range, String sent) {
    if (range.fields().containsKey("partNumber")) {
      return new S3Failure(
          S3Code.InvalidPartNumber, "The requested partnumber is not satisfiable.");
    }
    Object size = range.fields().get("size");
    return size == null
        ? Failures.of(range)
        : new S3Failure(
            S3Code.InvalidRange,
            "The requested range is not satisfiable",
            sent == null
                ? Map.of("ActualObjectSize", size.toString())
                : Map.of("ActualObjectSize", size.toString(), "RangeRequested", sent),
            Map.of("Content-Range", "bytes */" + size));
  }

  /** Whether the checksum that failed is the one the signature is of. */
  private boolean ofSignedHash(Invalid failure) {
    return failure.reason() == Invalid.Reason.BAD_DIGEST
        && proof != null
        && proof.payload() instanceof PayloadMode.Hashed hashed
        && "sha-256".equals(failure.fields().get("algorithm"))
        && hashed.hex().equals(failure.fields().get("expected"));
  }

  private static String base64(Object hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(String.valueOf(hex)));
  }

  private boolean ofContentMd5(Invalid failure) {
    return failure.reason() == Invalid.Reason.BAD_DIGEST
        && "md5".equals(failure.fields().get("algorithm"))
        && exchange.request().getHeaders().contains("Content-MD5");
  }

  private S3Failure unforeseen(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return new S3Failure(
            S3Code.RequestTimeout,
            "Your socket connection to the server was not read from or written to within the"
                + " timeout period.");
      }
      if (cause instanceof S3Failure known) {
        return known;
      }
    }
    if (thrown instanceof IOException && proof != null && proof.payload().chunked()) {
      return new S3Failure(S3Code.IncompleteBody);
    }
    if (thrown instanceof IOException) {
      return new S3Failure(
          S3Code.IncompleteBody,
          "You did not provide the number of bytes specified by the Content-Length HTTP header");
    }
    LOG.error("request {} failed in an unforeseen way", exchange.id(), thrown);
    return new S3Failure(
        S3Code.InternalError, "We encountered an internal error. Please try again.");
  }
}
