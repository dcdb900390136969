package dev.anvil.http.server;

import dev.anvil.http.settings.HttpLimits;
import dev.anvil.http.tls.Tls;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;

/** What a listener speaks, first word first. */
final class Protocols {
  /** As ALPN spells it: in lower case, unlike the request line. */
  private static final String HTTP_1 = "http/1.1";

  private final HttpConfiguration http;
  private final HttpLimits limits;

  Protocols(HttpConfiguration http, HttpLimits limits) {
    this.http = http;
    this.limits = limits;
  }

  /** HTTP/1.1 and h2c. */
  List<ConnectionFactory> plain() {
    return List.of(http1(http), bounded(new PlainHttp2(http)));
  }

  /**
   * TLS with HTTP/2 and HTTP/1.1 by ALPN, and whatever does not begin with a handshake as plain
   * HTTP: answered if that is allowed, and else told to come back with TLS.
   */
  List<ConnectionFactory> secure(Tls tls, boolean plain) {
    HttpConfiguration both = new HttpConfiguration(http);
    // names are checked by who needs it; virtual hosts of buckets are no matter of the certificate
    both.addCustomizer(new SecureRequestCustomizer(false));
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory("h2", HTTP_1);
    alpn.setDefaultProtocol(HTTP_1);
    SslConnectionFactory ssl = new SslConnectionFactory(tls.context(), alpn.getProtocol());
    List<ConnectionFactory> all = new ArrayList<>();
    all.add(new DetectorConnectionFactory(ssl));
    // what the detector does not know goes to the next in the list
    all.add(http1(both));
    if (plain) {
      all.add(bounded(new PlainHttp2(both)));
    }
    all.add(alpn);
    all.add(bounded(new HTTP2ServerConnectionFactory(both)));
    return all;
  }

  /** Reads as much at once as a body is handed on in: a large one comes in few steps. */
  private HttpConnectionFactory http1(HttpConfiguration configuration) {
    HttpConnectionFactory factory = new HttpConnectionFactory(configuration);
    factory.setInputBufferSize(limits.chunk());
    return factory;
  }

  private <T extends AbstractHTTP2ServerConnectionFactory> T bounded(T h2) {
    h2.setMaxConcurrentStreams(limits.streamsPerConnection());
    h2.setInitialStreamRecvWindow(limits.streamWindow());
    h2.setInitialSessionRecvWindow(limits.sessionWindow());
    h2.setRateControlFactory(new WindowRateControl.Factory(limits.controlFramesPerSecond()));
    h2.setStreamIdleTimeout(limits.idle().toMillis());
    return h2;
  }
}
