package dev.anvil.http.bytes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Jsons;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.objects.Receipt;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;

/** Answers a write with its receipt, in the body and where caches and clients look. */
final class Receipts {
  private static final ObjectMapper JSON = Jsons.strict();

  private Receipts() {}

  static void answer(
      CursorTexts cursors,
      Exchange exchange,
      Receipt receipt,
      boolean replayed,
      Map<String, ?> more)
      throws IOException {
    ReceiptDocument document = ReceiptDocument.of(cursors, receipt);
    var headers = exchange.response().getHeaders();
    String etag = more.get("etag") instanceof String other ? other : document.etag();
    if (etag != null) {
      headers.put(HttpHeader.ETAG, '"' + etag + '"');
    }
    if (document.version() != null) {
      headers.put("Anvil-Version", document.version());
    }
    send(exchange, more.isEmpty() ? document : with(document, more), replayed);
  }

  /** Of what is there no longer: its tag and version are in the body alone. */
  static void ofGone(CursorTexts cursors, Exchange exchange, Receipt receipt, boolean replayed)
      throws IOException {
    send(exchange, ReceiptDocument.of(cursors, receipt), replayed);
  }

  private static void send(Exchange exchange, Object document, boolean replayed)
      throws IOException {
    byte[] body = JSON.writeValueAsBytes(document);
    var headers = exchange.response().getHeaders();
    exchange.response().setStatus(200);
    headers.put(HttpHeader.CONTENT_TYPE, "application/json");
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    if (replayed) {
      headers.put("Anvil-Replayed", "true");
    }
    exchange.output().writeAll(body);
  }

  private static ObjectNode with(ReceiptDocument document, Map<String, ?> more) {
    ObjectNode all = JSON.valueToTree(document);
    more.forEach((name, value) -> all.set(name, JSON.valueToTree(value)));
    return all;
  }
}
