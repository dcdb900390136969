package dev.anvil.http.server;

import dev.anvil.http.wire.Exchange;
import dev.anvil.http.wire.Problem;
import dev.anvil.http.wire.Refusal;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.util.HostPort;

/**
 * Lets through requests that name the management listener by a name of its own: a web page that
 * points its host name at this address (DNS rebinding) does not.
 */
public final class HostCheck implements Door.Way {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final String host;
  private final Predicate<String> certified;
  private final Door.Way inside;

  /**
   * Guards this way in.
   *
   * @param host the name or address listened on
   * @param certified whether the listener has a certificate for a name
   */
  public HostCheck(String host, Predicate<String> certified, Door.Way inside) {
    this.host = host.toLowerCase(Locale.ROOT);
    this.certified = certified;
    this.inside = inside;
  }

  @Override
  public void answer(Exchange exchange) throws Exception {
    String authority = exchange.request().getHttpURI().getAuthority();
    String sent = authority == null ? exchange.header("Host").orElse("") : authority;
    String name = sent.isEmpty() ? "" : new HostPort(sent).getHost().toLowerCase(Locale.ROOT);
    if (!LOOPBACK.contains(name) && !name.equals(host) && !ofThisEnd(exchange, name)) {
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

  /** A name on our certificate, or the very address that the peer reached. */
  private boolean ofThisEnd(Exchange exchange, String name) {
    if (!exchange.request().isSecure()) {
      return false;
    }
    String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    boolean reached =
        exchange.request().getConnectionMetaData().getLocalSocketAddress()
                instanceof InetSocketAddress local
            && local.getAddress().getHostAddress().equals(bare);
    return reached || certified.test(bare);
  }
}
