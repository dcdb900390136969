package dev.anvil.http.server;

import dev.anvil.http.settings.HttpLimits;
import dev.anvil.http.settings.TlsFiles;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * One address: HTTP/1.1 and HTTP/2, plain or over TLS, every request on a virtual thread of its
 * own.
 */
public final class Listener {
  /**
   * The cache finds values without regard to case; tokens, digests and tags have to keep theirs.
   */
  private static final int NO_HEADER_CACHE = 0;

  /** Requests are bounded by the door; a second bound below it could only deadlock with it. */
  private static final int UNBOUNDED_TASKS = 0;

  private final Server server;
  private final ServerConnector connector;

  /**
   * What the way in needs from the listener is made with it.
   *
   * @param tls certificate and key, or null for plain HTTP
   * @param requestIds makes ids for requests that never reached the door
   */
  public Listener(
      String name,
      String host,
      int port,
      TlsFiles tls,
      HttpLimits limits,
      dev.anvil.ports.time.Ticker ticker,
      Supplier<String> requestIds,
      Finished finished,
      Door.Way way) {
    VirtualThreadPool pool = new VirtualThreadPool(UNBOUNDED_TASKS);
    pool.setName("anvil-" + name);
    server = new Server(pool);
    HttpConfiguration http = configuration(limits);
    AbstractHTTP2ServerConnectionFactory h2 =
        tls == null ? new PlainHttp2(http) : new HTTP2ServerConnectionFactory(http);
    h2.setMaxConcurrentStreams(limits.streamsPerConnection());
    h2.setInitialStreamRecvWindow(limits.streamWindow());
    h2.setInitialSessionRecvWindow(limits.sessionWindow());
    h2.setRateControlFactory(new WindowRateControl.Factory(limits.controlFramesPerSecond()));
    h2.setStreamIdleTimeout(limits.idle().toMillis());
    HttpConnectionFactory h1 = new HttpConnectionFactory(http);
    connector =
        tls == null
            ? new ServerConnector(server, 1, -1, h1, h2)
            : new ServerConnector(server, 1, -1, TlsParts.over(tls, http, h1, h2));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setAcceptedTcpNoDelay(true);
    connector.setReuseAddress(true);
    PeerWatch watch = new PeerWatch(limits, ticker, connector.getScheduler());
    connector.addBean(watch);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.setErrorHandler(new MalformedRequests(requestIds, finished));
    server.setStopTimeout(0);
    server.setHandler(new Door(new Door.Parts(limits, ticker, requestIds, watch, finished), way));
  }

  private static HttpConfiguration configuration(HttpLimits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setSendDateHeader(true);
    http.setHeaderCacheSize(NO_HEADER_CACHE);
    // else known values change their case on the way in, and signatures over them break
    http.setHeaderCacheCaseSensitive(true);
    http.setRequestHeaderSize(limits.requestHead());
    http.setResponseHeaderSize(limits.responseHead());
    http.setMaxResponseHeaderSize(limits.responseHead());
    http.setOutputBufferSize(limits.chunk());
    http.setIdleTimeout(limits.idle().toMillis());
    // keys are decoded by our own rules from the raw path; no file is served by path
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setRelativeRedirectAllowed(true);
    return http;
  }

  /** Binds and accepts. */
  public void start() throws Exception {
    server.start();
  }

  /** The port bound; -1 before start. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Requests being answered now. */
  public int inFlight() {
    return ((Door) server.getHandler()).inFlight();
  }

  /** Stops accepting connections; those open end with the answer they are at, or the next. */
  public void stopAccepting() {
    ((Door) server.getHandler()).drain();
    connector.close();
  }

  /** Ends, and cuts what is still open. */
  public void stop() {
    LifeCycle.stop(server);
  }
}
