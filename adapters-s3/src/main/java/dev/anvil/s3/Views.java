package dev.anvil.s3;

import dev.anvil.s3.sign.SignedMessage.View;
import dev.anvil.s3.wire.S3Exchange;
import dev.anvil.s3.wire.S3Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;

/**
 * How the client may have seen this server: by its Host header, and, behind a proxy that the
 * operator trusts, by what the proxy says of it.
 *
 * @param host the name that says which bucket is meant
 * @param all every way, the likeliest first
 * @param client address of the client
 * @param secure whether the client spoke TLS
 */
record Views(String host, List<View> all, String client, boolean secure) {
  private static final int MAX_HOPS = 64;

  static Views of(S3Exchange exchange, S3Settings settings) {
    HttpFields headers = exchange.request().getHeaders();
    String sent = headers.get("Host");
    String authority = exchange.request().getHttpURI().getAuthority();
    String own = sent != null ? sent : authority == null ? "" : authority;
    if (!settings.trustedProxies().contains(exchange.remote())) {
      return new Views(
          own, List.of(new View(own, "")), exchange.remote(), exchange.request().isSecure());
    }
    Set<View> all = new LinkedHashSet<>();
    String forwarded = first(headers.get("X-Forwarded-Host"));
    String port = first(headers.get("X-Forwarded-Port"));
    String prefix = prefix(headers.get("X-Forwarded-Prefix"));
    if (forwarded != null) {
      all.add(new View(forwarded, prefix));
      if (port != null && port.matches("[0-9]{1,5}") && forwarded.indexOf(':') < 0) {
        all.add(new View(forwarded + ":" + port, prefix));
      }
    }
    all.add(new View(own, prefix));
    all.add(new View(own, ""));
    String protocol = first(headers.get("X-Forwarded-Proto"));
    return new Views(
        forwarded == null ? own : forwarded,
        List.copyOf(all),
        client(headers.get("X-Forwarded-For"), exchange.remote(), settings),
        protocol == null ? exchange.request().isSecure() : protocol.equalsIgnoreCase("https"));
  }

  /**
   * The last address in the chain that is no trusted proxy: what stands before it is only said by
   * it.
   */
  private static String client(String chain, String remote, S3Settings settings) {
    String client = remote;
    String[] hops = chain == null ? new String[0] : chain.split(",", MAX_HOPS);
    for (int i = hops.length - 1; i >= 0 && settings.trustedProxies().contains(client); i--) {
      client = hops[i].strip();
    }
    return client;
  }

  private static String first(String list) {
    if (list == null || list.isBlank()) {
      return null;
    }
    int comma = list.indexOf(',');
    return (comma < 0 ? list : list.substring(0, comma)).strip();
  }

  private static String prefix(String sent) {
    String prefix = first(sent);
    if (prefix == null || !prefix.startsWith("/")) {
      return "";
    }
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }
}
