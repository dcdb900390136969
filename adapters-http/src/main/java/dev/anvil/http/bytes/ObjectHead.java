package dev.anvil.http.bytes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.http.wire.DigestFields;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.HeaderText;
import dev.anvil.http.wire.HttpDates;
import dev.anvil.http.wire.PercentCoding;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.ports.failure.Corrupt;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** The headers that describe a version: the same for GET and HEAD because made here only. */
final class ObjectHead {
  private static final String UNTYPED = "application/octet-stream";
  private static final int WHOLE = 0;
  private static final HttpField RANGES = new PreEncodedHttpField("Accept-Ranges", "bytes");
  private static final HttpField SANDBOX =
      new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; sandbox");

  /** Header values are bytes: JSON in them is plain ASCII. */
  private static final ObjectMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ObjectHead() {}

  static void write(CursorTexts cursors, Exchange exchange, ObjectInfo info, int ranges) {
    HttpFields.Mutable headers = exchange.response().getHeaders();
    headers.put("ETag", '"' + info.etag() + '"');
    headers.put("Last-Modified", HttpDates.format(info.lastModified()));
    headers.put(RANGES);
    headers.put("Anvil-Version", info.version());
    headers.put("Anvil-Cursor", cursors.ofBucket(info.bucket(), info.partition(), info.cursor()));
    content(headers, info.headers());
    info.userMetadata()
        .forEach((name, value) -> headers.put("Anvil-Meta-" + name, HeaderText.out(value)));
    if (!info.tags().isEmpty()) {
      headers.put("Anvil-Tags", tags(info.tags()));
    }
    structured(headers, info.structured());
    digests(exchange, headers, info, ranges);
  }

  private static void content(HttpFields.Mutable headers, ContentHeaders kept) {
    headers.put("Content-Type", kept.contentType() == null ? UNTYPED : out(kept.contentType()));
    put(headers, "Content-Encoding", kept.contentEncoding());
    put(headers, "Content-Language", kept.contentLanguage());
    put(headers, "Content-Disposition", kept.contentDisposition());
    put(headers, "Cache-Control", kept.cacheControl());
    put(headers, "Expires", kept.expires());
    // stored pages of strangers must not run as pages of this address
    headers.put(SANDBOX);
  }

  private static void put(HttpFields.Mutable headers, String name, String value) {
    if (value != null) {
      headers.put(name, out(value));
    }
  }

  private static String out(String value) {
    return HeaderText.out(value);
  }

  private static String tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> PercentCoding.encode(e.getKey()) + "=" + PercentCoding.encode(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static void structured(HttpFields.Mutable headers, byte[] json) {
    if (json == null) {
      return;
    }
    headers.put("Anvil-Metadata-Size", json.length);
    if (json.length > RequestFields.MAX_METADATA_HEADER) {
      return;
    }
    try {
      String ascii = ASCII.writeValueAsString(ASCII.readTree(json));
      if (ascii.length() <= RequestFields.MAX_METADATA_HEADER) {
        headers.put("Anvil-Metadata", ascii);
      }
    } catch (JsonProcessingException e) {
      throw new Corrupt("the stored structured metadata is no JSON");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void digests(
      Exchange exchange, HttpFields.Mutable headers, ObjectInfo info, int ranges) {
    if (info.parts() > 0 || info.sha256() == null) {
      return;
    }
    String value = DigestFields.sha256(info.sha256());
    if (DigestFields.wantsSha256(exchange.header("Want-Repr-Digest"))) {
      headers.put("Repr-Digest", value);
    }
    // of a part of the representation nobody has computed one
    if (ranges == WHOLE && DigestFields.wantsSha256(exchange.header("Want-Content-Digest"))) {
      headers.put("Content-Digest", value);
    }
  }
}
