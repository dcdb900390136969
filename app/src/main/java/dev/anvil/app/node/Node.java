package dev.anvil.app.node;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.RunningNode;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.logs.LogStreams;
import dev.anvil.app.settings.ListenAddress;
import dev.anvil.app.settings.Settings;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.http.HttpServer;
import dev.anvil.http.telemetry.PrometheusMeters;
import dev.anvil.identity.AdminCredential;
import dev.anvil.journal.watch.WatchHub;
import dev.anvil.ports.storage.Backend;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One running node. Made by {@link #start}; answers until {@link #close}, which lets requests in
 * flight finish, hands leases over and closes the stores, and may be called by any thread.
 */
public final class Node implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final Settings settings;
  private final StorageHome home;
  private final NodeSecrets secrets;
  private final LogStreams logs;
  private final NodeCluster cluster;
  private final NodeStores stores;
  private final NodeUpkeep upkeep;
  private final WatchHub watches;
  private final NodeHealth health;
  private final HttpServer http;
  private final Backend backend;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Node(
      Settings settings,
      StorageHome home,
      NodeSecrets secrets,
      LogStreams logs,
      NodeCluster cluster,
      NodeStores stores,
      NodeUpkeep upkeep,
      WatchHub watches,
      NodeHealth health,
      HttpServer http,
      Backend backend) {
    this.settings = settings;
    this.home = home;
    this.secrets = secrets;
    this.logs = logs;
    this.cluster = cluster;
    this.stores = stores;
    this.upkeep = upkeep;
    this.watches = watches;
    this.health = health;
    this.http = http;
    this.backend = backend;
  }

  /**
   * Takes the storage path, opens the stores, starts the duties and listens.
   *
   * @throws HomeException if the storage path or an address cannot be used
   * @throws dev.anvil.ports.failure.AnvilException if a store cannot be opened
   */
  public static Node start(Settings settings, Backend backend) {
    return start(settings, backend, NodeTime.ofThisProcess());
  }

  /**
   * The same on a wall clock of the caller's, as programs need that let years pass in minutes.
   * Leases, timeouts and rates stay on this process's own time.
   */
  public static Node start(Settings settings, Backend backend, InstantSource clock) {
    return start(settings, backend, NodeTime.ofThisProcess().with(clock));
  }

  static Node start(Settings settings, Backend backend, NodeTime time) {
    String label = settings.storagePath().toString();
    StorageHome.Wish wish = new StorageHome.Wish(settings.partitions(), backend.engineName());
    Unwinding started = new Unwinding();
    StartPhases phases = StartPhases.of(time);
    WarmUp warmUp = WarmUp.start();
    try {
      StorageHome home =
          started.add(StorageHome.open(backend.disk(), label, wish, time.clock(), time.random()));
      LogStreams logs = started.add(LogStreams.open(settings.storagePath().resolve("logs")));
      NodeSecrets secrets =
          NodeSecrets.load(
              backend.disk(),
              settings,
              time.random(),
              () -> AdminCredential.generate(time.random()).text());
      phases.end("home");
      NodeCluster cluster = started.add(NodeCluster.join(settings, home, secrets, time));
      phases.end("cluster");
      PrometheusMeters meters = new PrometheusMeters(true);
      NodeStores stores =
          started.add(NodeStores.open(backend, home, time, meters, settings.backup().archive()));
      phases.end("stores");
      NodeParts parts = NodeParts.of(settings, home, secrets, stores, time, meters);
      phases.end("parts");
      WatchHub watches = started.add(parts.watches().hub());
      NodeHealth health = NodeProbes.over(settings, backend.disk(), stores, parts, time);
      phases.end("probes");
      cluster.probe().ifPresent(probe -> health.probe("cluster", probe));
      CapacityMeter capacity =
          new CapacityMeter(stores, backend.disk(), logs.folder(), time.clock());
      NodeUpkeep upkeep =
          started.add(
              NodeUpkeep.start(settings, cluster, stores, parts, health, capacity, time, meters));
      phases.end("duties");
      warmUp.await();
      phases.end("libraries");
      NodeInspection inspection =
          new NodeInspection(
              home, health, logs.search(), capacity, upkeep::leases, time.clock().instant());
      HttpServer http =
          started.add(
              NodeHttp.start(settings, secrets, parts, health, logs, inspection, time, meters));
      phases.end("listeners");
      Node node =
          new Node(
              settings, home, secrets, logs, cluster, stores, upkeep, watches, health, http,
              backend);
      inspection.listensAt(node.publicUrl(), node.managementUrl());
      health.state("ready");
      node.publish();
      phases.ready();
      upkeep.begin();
      Thread.ofPlatform().daemon().name("anvil-warm-up").start(() -> load(http, meters));
      return node;
    } catch (RuntimeException e) {
      started.unwind(e);
      throw e;
    }
  }

  /** What the node can be ready without; what comes before it is over waits for it. */
  private static void load(HttpServer http, PrometheusMeters meters) {
    http.load();
    meters.load();
    new CelCaveats().load();
  }

  private void publish() {
    // whoever reads the storage path is on this machine: plain HTTP where there is any
    boolean tls = !settings.edge().publicPlain();
    String publicUrl = url(tls, settings.api(), http.publicPort()).toString();
    String managementUrl = managementUrl().toString();
    try {
      new RunningNode(publicUrl, managementUrl, ProcessHandle.current().pid())
          .publish(backend.disk());
    } catch (IOException e) {
      throw new HomeException("the addresses could not be published: " + e.getMessage(), e);
    }
  }

  /** Base URL of the public listener: of its TLS if it has any. */
  public URI publicUrl() {
    boolean tls = settings.edge().tls().isPresent();
    return url(tls, settings.api(), http.publicPort());
  }

  /** Base URL of the management listener: in plain HTTP where that is answered. */
  public URI managementUrl() {
    boolean tls = !settings.edge().managementPlain();
    return url(tls, settings.management(), http.managementPort());
  }

  private static URI url(boolean tls, ListenAddress listen, int port) {
    return URI.create((tls ? "https://" : "http://") + new ListenAddress(listen.host(), port));
  }

  /** Secrets of this node, for who runs in its process. */
  public NodeSecrets secrets() {
    return secrets;
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Unwinding running = new Unwinding();
    running.add(home);
    running.add(logs);
    running.add(() -> RunningNode.withdraw(backend.disk()));
    running.add(stores);
    running.add(cluster);
    running.add(upkeep);
    running.add(http);
    running.add(() -> http.drain(DRAIN));
    running.add(watches);
    running.add(() -> health.state("draining"));
    running.unwind(null);
  }
}
