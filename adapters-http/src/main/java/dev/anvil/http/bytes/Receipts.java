package dev.anvil.http.bytes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.http.documents.ReceiptDocument;
import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Jsons;
import dev.anvil.objects.Receipt;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;

/** Answers a write with its receipt, in the body and where caches and clients look. */
final class Receipts {
  private static final ObjectMapper JSON = Jsons.strict();

  private Receipts() {}

  static void answer(Exchange exchange, Receipt receipt, boolean replayed, Map<String, ?> more)
      throws IOException {
    ObjectNode document = JSON.valueToTree(ReceiptDocument.of(receipt));
    more.forEach((name, value) -> document.set(name, JSON.valueToTree(value)));
    byte[] body = JSON.writeValueAsBytes(document);
    var headers = exchange.response().getHeaders();
    exchange.response().setStatus(200);
    headers.put(HttpHeader.CONTENT_TYPE, "application/json");
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    if (document.hasNonNull("etag")) {
      headers.put(HttpHeader.ETAG, '"' + document.get("etag").asText() + '"');
    }
    if (document.hasNonNull("version")) {
      headers.put("Anvil-Version", document.get("version").asText());
    }
    if (replayed) {
      headers.put("Anvil-Replayed", "true");
    }
    try (var out = exchange.output()) {
      out.write(body);
    }
  }
}
