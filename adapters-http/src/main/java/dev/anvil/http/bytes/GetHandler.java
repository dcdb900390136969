package dev.anvil.http.bytes;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.documents.ObjectDocument;
import dev.anvil.http.server.NativeWay;
import dev.anvil.http.use.UseCases;
import dev.anvil.http.wire.BodyOutput;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Jsons;
import dev.anvil.http.wire.Target;
import dev.anvil.identity.Call;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ByteRange;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.GetObject;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.RangeSpec;
import dev.anvil.ports.bodies.BodyReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;

/** GET and HEAD of an object. */
public final class GetHandler implements NativeWay.Plain {
  private static final ObjectMapper JSON = Jsons.strict();

  private final UseCases.Objects objects;
  private final CursorTexts cursors;

  /** On these use cases. */
  public GetHandler(UseCases.Objects objects, CursorTexts cursors) {
    this.objects = objects;
    this.cursors = cursors;
  }

  @Override
  public void answer(Exchange exchange, Target target, Call call) throws Exception {
    BucketName bucket = new BucketName(target.segments().get(2));
    ObjectKey key = ObjectKey.of(target.segments().get(4));
    String version = exchange.query().value("version").orElse(null);
    List<RangeSpec> ranges = RangeSpec.parse(exchange.header("Range").orElse(null));
    var conditions = RequestFields.readConditions(exchange);
    if (exchange.query().has("metadata")) {
      var command = new HeadObject.Command(bucket, key, version, conditions, List.of());
      describe(exchange, objects.head().execute(call, command).info());
      return;
    }
    if (exchange.isHead()) {
      var command = new HeadObject.Command(bucket, key, version, conditions, ranges);
      HeadObject.Result found = objects.head().execute(call, command);
      head(exchange, found.info(), found.ranges());
      exchange.output().close();
      return;
    }
    var command = new GetObject.Command(bucket, key, version, conditions, ranges);
    GetObject.Result found = objects.get().execute(call, command);
    try (var content = found.content()) {
      RangesBody several = head(exchange, found.info(), found.ranges());
      BodyOutput out = exchange.output();
      if (several != null) {
        several.write(out, content);
      } else if (length(found) == 0) {
        out.close();
      } else {
        try (BodyReader reader =
            found.ranges().isEmpty() ? content.open() : content.open(found.ranges().getFirst())) {
          send(out, reader, length(found), true);
        }
      }
    }
  }

  private void describe(Exchange exchange, ObjectInfo info) throws IOException {
    byte[] body = JSON.writeValueAsBytes(ObjectDocument.of(cursors, info));
    var headers = exchange.response().getHeaders();
    exchange.response().setStatus(200);
    headers.put("ETag", '"' + info.etag() + '"');
    headers.put(HttpHeader.CONTENT_TYPE, "application/json");
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    exchange.output().writeAll(body);
  }

  private static long length(GetObject.Result found) {
    return found.ranges().isEmpty() ? found.info().size() : found.ranges().getFirst().length();
  }

  /** Status and headers; gives the multipart body if there are several ranges, else null. */
  private RangesBody head(Exchange exchange, ObjectInfo info, List<ByteRange> ranges) {
    ObjectHead.write(cursors, exchange, info, ranges.size());
    var headers = exchange.response().getHeaders();
    if (ranges.isEmpty()) {
      exchange.response().setStatus(200);
      headers.put(HttpHeader.CONTENT_LENGTH, info.size());
      return null;
    }
    exchange.response().setStatus(206);
    if (ranges.size() == 1) {
      headers.put(HttpHeader.CONTENT_LENGTH, ranges.getFirst().length());
      headers.put(
          HttpHeader.CONTENT_RANGE, RangesBody.contentRange(ranges.getFirst(), info.size()));
      return null;
    }
    RangesBody several =
        new RangesBody(ranges, info.size(), headers.get(HttpHeader.CONTENT_TYPE), exchange.id());
    headers.put(HttpHeader.CONTENT_TYPE, several.contentType());
    headers.put(HttpHeader.CONTENT_LENGTH, several.length());
    return several;
  }

  /** Sends exactly so many verified bytes; fewer is a failure, which ends the stream unfinished. */
  static void send(BodyOutput out, BodyReader reader, long length, boolean last)
      throws IOException {
    long left = length;
    while (left > 0) {
      ByteBuffer bytes = reader.next();
      if (bytes == null || bytes.remaining() > left) {
        throw new IOException("the body has another length than its record says");
      }
      left -= bytes.remaining();
      out.write(bytes, last && left == 0);
    }
  }
}
