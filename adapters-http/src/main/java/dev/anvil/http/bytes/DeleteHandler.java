package dev.anvil.http.bytes;

import dev.anvil.http.server.NativeWay;
import dev.anvil.http.use.UseCases;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Target;
import dev.anvil.identity.Call;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.DeleteObject;
import org.eclipse.jetty.http.HttpStatus;

/** DELETE of a key or of one version: small and frequent, so without JAX-RS too. */
public final class DeleteHandler implements NativeWay.Plain {
  private final UseCases.Objects objects;
  private final CursorTexts cursors;

  /** On these use cases. */
  public DeleteHandler(UseCases.Objects objects, CursorTexts cursors) {
    this.objects = objects;
    this.cursors = cursors;
  }

  @Override
  public void answer(Exchange exchange, Target target, Call call) throws Exception {
    var command =
        new DeleteObject.Command(
            new BucketName(target.segments().get(2)),
            ObjectKey.of(target.segments().get(4)),
            exchange.query().value("version").orElse(null),
            RequestFields.preconditions(exchange),
            RequestFields.idempotencyKey(exchange));
    DeleteObject.Result done = objects.delete().execute(call, command);
    if (done.receipt() == null) {
      exchange.response().setStatus(HttpStatus.NO_CONTENT_204);
      exchange.output().close();
      return;
    }
    Receipts.ofGone(cursors, exchange, done.receipt(), done.replayed());
  }
}
