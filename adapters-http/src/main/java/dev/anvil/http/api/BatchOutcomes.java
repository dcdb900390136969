package dev.anvil.http.api;

import dev.anvil.http.documents.ObjectDocument;
import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.wire.Problem;
import dev.anvil.identity.Call;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.AnvilException;

/** One item's outcome as JSON: refused items carry the problem they would have got alone. */
final class BatchOutcomes {
  private static final int OK = 200;
  private static final int NOTHING_THERE = 204;

  private BatchOutcomes() {}

  static BatchApi.Outcome of(
      CursorTexts cursors,
      Call call,
      String key,
      Receipt receipt,
      ObjectInfo object,
      AnvilException failure) {
    if (failure != null) {
      Problem problem = Problem.of(failure);
      return new BatchApi.Outcome(
          key, problem.status(), null, null, problem.members(call.requestId()));
    }
    return new BatchApi.Outcome(
        key,
        receipt == null && object == null ? NOTHING_THERE : OK,
        ReceiptDocument.of(cursors, receipt),
        object == null ? null : ObjectDocument.of(cursors, object),
        null);
  }
}
