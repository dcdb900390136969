package dev.anvil.s3.answer;

import dev.anvil.kernel.ByteRange;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.GetObject;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.RangeSpec;
import dev.anvil.objects.ReadConditions;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.s3.request.S3Request;
import dev.anvil.s3.wire.Dates;
import dev.anvil.s3.wire.HeaderText;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Exchange;
import dev.anvil.s3.wire.S3Failure;
import dev.anvil.s3.wire.XmlWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Objects that are read: bytes, headers, attributes. */
final class ReadAnswers {
  private static final String UNTYPED = "binary/octet-stream";
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "response-content-type", "Content-Type",
          "response-content-language", "Content-Language",
          "response-expires", "Expires",
          "response-cache-control", "Cache-Control",
          "response-content-disposition", "Content-Disposition",
          "response-content-encoding", "Content-Encoding");
  private static final Set<String> ATTRIBUTES =
      Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

  private final S3UseCases.Objects objects;

  ReadAnswers(S3UseCases.Objects objects) {
    this.objects = objects;
  }

  void head(S3Call call, S3Request.HeadObject request) throws IOException {
    Guarding.requireNoMethod(call);
    int part = part(call, request.part());
    HeadObject.Result found =
        objects
            .head()
            .execute(
                call.call(),
                new HeadObject.Command(
                    request.bucket(),
                    request.key(),
                    request.version(),
                    Conditions.ofRead(call),
                    ranges(call),
                    part));
    Guarding.requireKey(call, found.info());
    describe(call, found.info(), found.ranges(), part);
    call.exchange().write(ByteBuffer.allocate(0), true);
  }

  void get(S3Call call, S3Request.GetObject request) throws IOException {
    Guarding.requireNoMethod(call);
    int part = part(call, request.part());
    GetObject.Result found =
        objects
            .get()
            .execute(
                call.call(),
                new GetObject.Command(
                    request.bucket(),
                    request.key(),
                    request.version(),
                    Conditions.ofRead(call),
                    ranges(call),
                    part,
                    Guarding.customer(call)));
    try (var content = found.content()) {
      describe(call, found.info(), found.ranges(), part);
      ByteRange range =
          found.ranges().isEmpty()
              ? new ByteRange(0, found.info().size())
              : found.ranges().getFirst();
      if (range.length() == 0) {
        call.exchange().write(ByteBuffer.allocate(0), true);
        return;
      }
      try (BodyReader reader = content.open(range)) {
        send(call.exchange(), reader, range.length());
      }
    }
  }

  /** Sends exactly so many verified bytes; fewer is a failure, which ends the stream unfinished. */
  private static void send(S3Exchange exchange, BodyReader reader, long length) throws IOException {
    long left = length;
    while (left > 0) {
      ByteBuffer bytes = reader.next();
      if (bytes == null || bytes.remaining() > left) {
        throw new IOException("the body has another length than its record says");
      }
      left -= bytes.remaining();
      exchange.write(bytes, left == 0);
    }
  }

  private static int part(S3Call call, String sent) {
    if (sent == null) {
      return 0;
    }
    if (call.header("Range") != null) {
      throw new S3Failure(
          S3Code.InvalidRequest, "Cannot specify both Range header and partNumber query parameter");
    }
    return PartNumbers.parse(sent);
  }

  /** One range at most: S3 sends everything when asked for several. */
  private static List<RangeSpec> ranges(S3Call call) {
    String sent = call.header("Range");
    boolean spaced = sent != null && sent.strip().indexOf(' ') >= 0;
    List<RangeSpec> ranges = spaced ? List.of() : RangeSpec.parse(sent);
    return ranges.size() == 1 ? ranges : List.of();
  }

  private static void describe(S3Call call, ObjectInfo info, List<ByteRange> ranges, int part) {
    HttpFields.Mutable headers = Out.headers(call);
    call.exchange().response().setStatus(ranges.isEmpty() || info.size() == 0 ? 200 : 206);
    headers.put(HttpHeader.ETAG, Out.quoted(info.etag()));
    headers.put(HttpHeader.LAST_MODIFIED, Dates.http(info.lastModified()));
    headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
    Out.version(call, info.versioned(), info.nullVersion(), info.version());
    content(headers, info.headers());
    info.userMetadata()
        .forEach((name, value) -> headers.put(Described.META + name, HeaderText.out(value)));
    Guarding.describe(call, info);
    if (!info.tags().isEmpty()) {
      headers.put("x-amz-tagging-count", info.tags().size());
    }
    if (part > 0 && info.parts() > 0) {
      headers.put("x-amz-mp-parts-count", info.parts());
    }
    boolean whole = ranges.isEmpty() || ranges.getFirst().length() == info.size();
    if (whole && "ENABLED".equalsIgnoreCase(call.header("x-amz-checksum-mode"))) {
      Out.checksums(call, info.checksums(), info.parts());
    }
    overrides(call, headers);
    if (ranges.isEmpty()) {
      headers.put(HttpHeader.CONTENT_LENGTH, info.size());
    } else {
      ByteRange range = ranges.getFirst();
      headers.put(HttpHeader.CONTENT_LENGTH, range.length());
      if (range.length() > 0) {
        headers.put(
            HttpHeader.CONTENT_RANGE,
            "bytes " + range.offset() + "-" + (range.end() - 1) + "/" + info.size());
      }
    }
  }

  private static void content(HttpFields.Mutable headers, ContentHeaders kept) {
    put(headers, "Content-Type", kept.contentType() == null ? UNTYPED : kept.contentType());
    put(headers, "Content-Encoding", kept.contentEncoding());
    put(headers, "Content-Language", kept.contentLanguage());
    put(headers, "Content-Disposition", kept.contentDisposition());
    put(headers, "Cache-Control", kept.cacheControl());
    put(headers, "Expires", kept.expires());
    put(headers, Described.REDIRECT, kept.redirect());
  }

  private static void put(HttpFields.Mutable headers, String name, String value) {
    if (value != null) {
      headers.put(name, HeaderText.out(value));
    }
  }

  private static void overrides(S3Call call, HttpFields.Mutable headers) {
    OVERRIDES.forEach((parameter, header) -> {
      String value = call.query().orNull(parameter);
      if (value != null) {
        if (call.call().caller().anonymous()) {
          throw new S3Failure(
              S3Code.InvalidRequest,
              "Request specific response headers cannot be used for anonymous GET requests.");
        }
        put(headers, header, value);
      }
    });
  }

  void attributes(S3Call call, S3Request.GetObjectAttributes request) throws IOException {
    Set<String> wanted = wanted(call);
    ObjectInfo info =
        objects
            .head()
            .execute(
                call.call(),
                new HeadObject.Command(
                    request.bucket(),
                    request.key(),
                    request.version(),
                    ReadConditions.NONE,
                    List.of()))
            .info();
    requireSome(wanted);
    Guarding.requireKey(call, info);
    XmlWriter out = XmlWriter.of("GetObjectAttributesResponse");
    if (wanted.contains("ETag")) {
      out.element("ETag", info.etag());
    }
    if (wanted.contains("Checksum") && !info.checksums().isEmpty()) {
      out.open("Checksum");
      Out.checksums(out, info.checksums(), info.parts());
      out.close();
    }
    if (wanted.contains("ObjectParts") && info.parts() > 0) {
      new ObjectPartsPage(objects.parts()).write(call, request, info, out);
    }
    if (wanted.contains("StorageClass")) {
      out.element("StorageClass", "STANDARD");
    }
    if (wanted.contains("ObjectSize")) {
      out.element("ObjectSize", info.size());
    }
    Out.headers(call).put(HttpHeader.LAST_MODIFIED, Dates.http(info.lastModified()));
    Out.version(call, info.versioned(), info.nullVersion(), info.version());
    Out.xml(call, 200, out);
  }

  private static Set<String> wanted(S3Call call) {
    Set<String> wanted = new java.util.HashSet<>();
    for (String line : call.headers().getValuesList("x-amz-object-attributes")) {
      for (String name : line.split(",")) {
        if (name.isBlank()) {
          continue;
        }
        if (!ATTRIBUTES.contains(name.strip())) {
          throw Numbers.argument(
              "x-amz-object-attributes", name.strip(), "Invalid attribute name specified.");
        }
        wanted.add(name.strip());
      }
    }
    return wanted;
  }

  private static void requireSome(Set<String> wanted) {
    if (wanted.isEmpty()) {
      throw new S3Failure(
          S3Code.InvalidRequest,
          "The x-amz-object-attributes header specifying the attributes to be retrieved is either"
              + " missing or empty");
    }
  }
}
