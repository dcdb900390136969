package dev.anvil.http;

import dev.anvil.http.docs.DocsWay;
import dev.anvil.http.jersey.JerseyBridge;
import dev.anvil.http.server.BearerCalls;
import dev.anvil.http.server.Door;
import dev.anvil.http.server.Finished;
import dev.anvil.http.server.HostCheck;
import dev.anvil.http.server.Listener;
import dev.anvil.http.server.NativeWay;
import dev.anvil.http.server.PublicWay;
import dev.anvil.http.settings.HttpSettings;
import dev.anvil.http.telemetry.Health;
import dev.anvil.http.telemetry.Inspection;
import dev.anvil.http.telemetry.PrometheusMeters;
import dev.anvil.http.telemetry.RequestLog;
import dev.anvil.http.use.OperatorUses;
import dev.anvil.http.use.UseCases;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The public and the management listener. Built, started, drained and closed once, by one thread.
 */
public final class HttpServer implements AutoCloseable {
  /**
   * What the server needs from outside.
   *
   * @param ticker elapsed time
   * @param requestIds makes ids: unique, at most 64 letters, digits and dashes
   * @param log told of every request
   * @param rest answers public paths outside {@code /v1/}; null answers 404
   * @param inspection what administrators see of the node
   */
  public record Surroundings(
      Ticker ticker,
      Supplier<String> requestIds,
      RequestLog log,
      PrometheusMeters meters,
      Health health,
      Door.Way rest,
      Inspection inspection) {
    /** With nothing to see of the node. */
    public Surroundings(
        Ticker ticker,
        Supplier<String> requestIds,
        RequestLog log,
        PrometheusMeters meters,
        Health health,
        Door.Way rest) {
      this(ticker, requestIds, log, meters, health, rest, Inspection.NONE);
    }
  }

  private final Ticker ticker;
  private final Listener open;
  private final Listener management;
  private final List<NativeWay> ways;
  private final List<JerseyBridge> bridges;

  /** Wires it without what operators ask for; nothing listens yet. */
  public HttpServer(HttpSettings settings, Surroundings around, UseCases useCases) {
    this(settings, around, useCases, OperatorUses.none());
  }

  /**
   * Wires it; nothing listens yet.
   *
   * @throws dev.anvil.http.tls.UnusableCertificate if TLS is wanted and its files cannot serve
   */
  public HttpServer(
      HttpSettings settings, Surroundings around, UseCases useCases, OperatorUses operators) {
    this.ticker = around.ticker();
    Finished finished =
        new Finished(around.meters(), around.log(), useCases.administration().oversight().denied());
    NativeApi nativeApi = new NativeApi(useCases, around, settings.limits().heldBodies());
    ManagementApi managementApi =
        new ManagementApi(
            useCases.administration(),
            useCases.upkeep(),
            operators,
            around,
            settings.limits().heldBodies());
    // whoever has a node without anything asks the management first
    bridges = List.of(managementApi.bridge(), nativeApi.bridge());
    NativeWay nativeWay =
        nativeApi.way(
            BearerCalls.ofTokens(
                useCases.identity().authenticate(),
                useCases.identity().recognise(),
                useCases.relations().describe(),
                settings.trustedProxies()));
    NativeWay adminWay =
        managementApi.way(
            BearerCalls.ofAdmins(useCases.administration().authenticate()),
            useCases.objects().screen());
    ways = List.of(adminWay, nativeWay);
    open =
        new Listener(
            "public",
            address(
                settings,
                settings.publicHost(),
                settings.publicPort(),
                settings.security().publicPlain()),
            settings.limits(),
            around.ticker(),
            around.requestIds(),
            finished,
            new PublicWay(nativeWay, new DocsWay(), around.rest()));
    management =
        new Listener(
            "management",
            address(
                settings,
                settings.managementHost(),
                settings.managementPort(),
                settings.security().managementPlain()),
            settings.limits(),
            around.ticker(),
            around.requestIds(),
            finished,
            new HostCheck(settings.managementHost(), this::certified, adminWay));
  }

  /** Loads ahead what making the first server takes; on any thread, over before one is made. */
  public static void warmUp() {
    Listener.warmUp();
  }

  private static Listener.Address address(
      HttpSettings settings, String host, int port, boolean plain) {
    return new Listener.Address(host, port, settings.security().tls().orElse(null), plain);
  }

  private boolean certified(String host) {
    return management.isFor(host);
  }

  /**
   * Binds both listeners; fails if an address is taken. Requests of the native APIs wait for what
   * {@link #load} makes, or make it.
   */
  public HttpServer start() throws Exception {
    management.start();
    open.start();
    return this;
  }

  /** Makes what requests of the native APIs take, so that none of them has to; on any thread. */
  public void load() {
    ways.forEach(NativeWay::load);
    bridges.forEach(JerseyBridge::start);
  }

  /** Port of the public listener. */
  public int publicPort() {
    return open.port();
  }

  /** Port of the management listener. */
  public int managementPort() {
    return management.port();
  }

  /** Stops accepting public connections and waits for the requests in flight, at most so long. */
  public boolean drain(Duration limit) throws InterruptedException {
    open.stopAccepting();
    long deadline = ticker.nanos() + limit.toNanos();
    while (open.inFlight() > 0 && ticker.nanos() - deadline < 0) {
      Thread.sleep(10);
    }
    return open.inFlight() == 0;
  }

  @Override
  public void close() {
    open.stop();
    management.stop();
    bridges.forEach(JerseyBridge::stop);
  }
}
