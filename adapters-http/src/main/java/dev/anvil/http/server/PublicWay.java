package dev.anvil.http.server;

import dev.anvil.http.wire.Exchange;
import dev.anvil.ports.failure.NotFound;

/** The public listener: documents and the native API below {@code /v1}, the rest elsewhere. */
public final class PublicWay implements Door.Way {
  /** Where the documents are. */
  public static final String DOCS = "/v1/docs";

  private static final String NATIVE = "/v1/";

  private final Door.Way api;
  private final Door.Way docs;
  private final Door.Way rest;

  /** With null for {@code rest}, what is not below {@code /v1} is not found. */
  public PublicWay(Door.Way api, Door.Way docs, Door.Way rest) {
    this.api = api;
    this.docs = docs;
    this.rest = rest == null ? PublicWay::nothing : rest;
  }

  @Override
  public void answer(Exchange exchange) throws Exception {
    String path = exchange.rawPath();
    if (path.equals(DOCS) || path.startsWith(DOCS + "/")) {
      docs.answer(exchange);
    } else if (path.startsWith(NATIVE) || path.equals("/v1")) {
      api.answer(exchange);
    } else {
      rest.answer(exchange);
    }
  }

  private static void nothing(Exchange exchange) {
    throw new NotFound(
        NotFound.Reason.ROUTE, "Nothing is served here; the API is below /v1/, see /v1/docs/.");
  }
}
