package dev.anvil.http.server;

import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.util.HostPort;

/**
 * Lets through requests that name the management listener by a name of its own: a web page that
 * points its host name at this address (DNS rebinding) does not.
 */
public final class HostCheck implements Door.Way {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final String host;
  private final Door.Way inside;

  /** Guards this way in. */
  public HostCheck(String host, Door.Way inside) {
    this.host = host.toLowerCase(Locale.ROOT);
    this.inside = inside;
  }

  @Override
  public void answer(Exchange exchange) throws Exception {
    String authority = exchange.request().getHttpURI().getAuthority();
    String sent = authority == null ? exchange.header("Host").orElse("") : authority;
    String name = sent.isEmpty() ? "" : new HostPort(sent).getHost().toLowerCase(Locale.ROOT);
    if (!LOOPBACK.contains(name) && !name.equals(host)) {
      throw new Refusal(
          new Problem(
              421,
              "MisdirectedRequest",
              "The Host header names another server; use the address of the management listener.",
              false,
              Map.of()));
    }
    inside.answer(exchange);
  }
}
