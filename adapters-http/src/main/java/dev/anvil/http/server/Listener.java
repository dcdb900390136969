package dev.anvil.http.server;

import dev.anvil.http.settings.HttpLimits;
import dev.anvil.http.tls.Tls;
import dev.anvil.http.tls.TlsFiles;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** One address: HTTP/1.1 and HTTP/2, every request on a virtual thread of its own. */
public final class Listener {
  /**
   * The cache finds values without regard to case; tokens, digests and tags have to keep theirs.
   */
  private static final int NO_HEADER_CACHE = 0;

  /** Requests are bounded by the door; a second bound below it could only deadlock with it. */
  private static final int UNBOUNDED_TASKS = 0;

  /**
   * Connections that the system keeps until they are taken; a burst beyond them waits for a second
   * or is cut. The system may have a lower bound of its own.
   */
  private static final int ACCEPT_QUEUE = 1_024;

  /** How often certificate and key are looked at. */
  private static final Duration TLS_PERIOD = Duration.ofSeconds(2);

  /**
   * Where it listens and what it speaks.
   *
   * @param tls null for none
   * @param plain whether plain HTTP is answered
   */
  public record Address(String host, int port, TlsFiles tls, boolean plain) {}

  private final Server server;
  private final ServerConnector connector;
  private final Tls tls;

  /**
   * What the way in needs from the listener is made with it.
   *
   * @param requestIds makes ids for requests that never reached the door
   */
  public Listener(
      String name,
      Address address,
      HttpLimits limits,
      dev.anvil.ports.time.Ticker ticker,
      Supplier<String> requestIds,
      Finished finished,
      Door.Way way) {
    VirtualThreadPool pool = new VirtualThreadPool(UNBOUNDED_TASKS);
    pool.setName("anvil-" + name);
    server = new Server(pool);
    HttpConfiguration http = configuration(limits);
    connector = new ServerConnector(server, 1, -1);
    Protocols protocols = new Protocols(http, limits);
    if (address.tls() == null) {
      tls = null;
      connector.setConnectionFactories(protocols.plain());
    } else {
      tls = new Tls(address.tls(), TLS_PERIOD, connector.getScheduler());
      connector.addBean(tls);
      connector.setConnectionFactories(protocols.secure(tls, address.plain()));
    }
    connector.setHost(address.host());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setPort(address.port());
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setAcceptedTcpNoDelay(true);
    connector.setReuseAddress(true);
    PeerWatch watch = new PeerWatch(limits, ticker, connector.getScheduler());
    connector.addBean(watch);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.setErrorHandler(new MalformedRequests(requestIds, finished));
    server.setStopTimeout(0);
    Door.Way guarded = address.plain() ? way : new SecureOnly(way);
    server.setHandler(
        new Door(new Door.Parts(limits, ticker, requestIds, watch, finished), guarded));
  }

  /** Loads ahead what the first listener takes. */
  public static void warmUp() {
    LifeCycle.stop(new Server(new VirtualThreadPool(UNBOUNDED_TASKS)));
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

  /** Whether TLS is spoken with a certificate for this name. */
  public boolean isFor(String host) {
    return tls != null && tls.isFor(host);
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
