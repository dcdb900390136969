package dev.anvil.http.bytes;

import dev.anvil.http.server.NativeWay;
import dev.anvil.http.use.UseCases;
import dev.anvil.http.wire.DigestFields;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.HeaderText;
import dev.anvil.http.wire.Target;
import dev.anvil.identity.Call;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.PutObject;
import dev.anvil.ports.failure.Invalid;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** PUT of an object: its bytes, or JSON metadata and its bytes as {@code multipart/related}. */
public final class PutHandler implements NativeWay.Plain {
  private final UseCases.Objects objects;
  private final CursorTexts cursors;

  /** On these use cases. */
  public PutHandler(UseCases.Objects objects, CursorTexts cursors) {
    this.objects = objects;
    this.cursors = cursors;
  }

  @Override
  public void answer(Exchange exchange, Target target, Call call) throws Exception {
    BucketName bucket = new BucketName(target.segments().get(2));
    ObjectKey key = ObjectKey.of(target.segments().get(4));
    String type = exchange.header("Content-Type").map(HeaderText::in).orElse(null);
    if (exchange.header("Content-Range").isPresent()) {
      // RFC 9110, 14.5: storing a part as if it were the whole would be silent damage
      throw new Invalid(
          Invalid.Reason.REQUEST, "A PUT writes the whole object; leave out Content-Range.");
    }
    byte[] structured = RequestFields.structured(exchange);
    InputStream content = exchange.body(bound());
    long length = exchange.bodyLength();
    PutObject.Envelope envelope = null;
    if (RelatedBody.is(type)) {
      refuseBesideRelated(exchange, structured);
      envelope = envelope(content, type);
      length = -1;
    }
    var command =
        new PutObject.Command(
            bucket,
            key,
            content,
            length,
            RequestFields.contentHeaders(exchange, envelope == null ? type : null),
            RequestFields.userMetadata(exchange),
            structured,
            RequestFields.tags(exchange),
            DigestFields.expected(exchange),
            RequestFields.preconditions(exchange),
            RequestFields.idempotencyKey(exchange),
            envelope);
    PutObject.Result done = objects.put().execute(call, command);
    Receipts.answer(cursors, exchange, done.receipt(), done.replayed(), Map.of());
  }

  private static PutObject.Envelope envelope(InputStream body, String type) {
    return () -> {
      try {
        RelatedBody related = RelatedBody.open(body, type, ObjectLimits.MAX_STRUCTURED_BYTES);
        return new PutObject.Enclosed(related.metadata(), related.contentType(), related.content());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Room for the metadata part and the boundaries around a body of the greatest size. */
  private static long bound() {
    return ObjectLimits.MAX_BODY_BYTES + 2L * ObjectLimits.MAX_STRUCTURED_BYTES;
  }

  private static void refuseBesideRelated(Exchange exchange, byte[] structured) throws IOException {
    if (structured != null) {
      throw new Invalid(
          Invalid.Reason.METADATA,
          "Structured metadata is given twice: in Anvil-Metadata and in the multipart body.");
    }
    if (exchange.header("Content-Digest").isPresent()) {
      throw new Invalid(
          Invalid.Reason.DIGEST,
          "Content-Digest would cover the multipart body; send Repr-Digest for the object.");
    }
  }
}
