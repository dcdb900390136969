package dev.anvil.http.bytes;

import dev.anvil.http.server.NativeWay;
import dev.anvil.http.use.UseCases;
import dev.anvil.http.wire.DigestFields;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Target;
import dev.anvil.identity.Call;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.ports.failure.Invalid;
import java.util.Map;

/** PUT of a part of an upload. */
public final class PutPartHandler implements NativeWay.Plain {
  private static final int MAX_DIGITS = 6;

  private final UseCases.Uploads uploads;
  private final CursorTexts cursors;

  /** On these use cases. */
  public PutPartHandler(UseCases.Uploads uploads, CursorTexts cursors) {
    this.uploads = uploads;
    this.cursors = cursors;
  }

  @Override
  public void answer(Exchange exchange, Target target, Call call) throws Exception {
    BucketName bucket = new BucketName(target.segments().get(2));
    var command =
        new PutPart.Command(
            bucket,
            null,
            target.segments().get(4),
            number(target.segments().get(6)),
            exchange.body(ObjectLimits.MAX_BODY_BYTES),
            exchange.bodyLength(),
            DigestFields.expected(exchange),
            RequestFields.idempotencyKey(exchange));
    PutPart.Result done = uploads.putPart().execute(call, command);
    Receipts.answer(
        cursors,
        exchange,
        done.receipt(),
        false,
        Map.of("number", done.number(), "etag", done.etag()));
  }

  private static int number(String text) {
    if (text.isEmpty()
        || text.length() > MAX_DIGITS
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT, "A part's number is 1 to 10000.", Map.of("limit", 10_000));
    }
    return Integer.parseInt(text);
  }
}
