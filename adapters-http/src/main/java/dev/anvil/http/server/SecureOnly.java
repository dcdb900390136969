package dev.anvil.http.server;

import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Refusal;
import java.util.Map;

/** Answers over TLS alone; who came in the clear is told so and nothing else. */
final class SecureOnly implements Door.Way {
  private final Door.Way inside;

  SecureOnly(Door.Way inside) {
    this.inside = inside;
  }

  @Override
  public void answer(Exchange exchange) throws Exception {
    if (!exchange.request().isSecure()) {
      throw new Refusal(
          new Problem(
              400,
              "TlsRequired",
              "This address speaks HTTPS; begin its URL with https://. Credentials that were just"
                  + " sent in the clear should be replaced.",
              false,
              Map.of()));
    }
    inside.answer(exchange);
  }
}
