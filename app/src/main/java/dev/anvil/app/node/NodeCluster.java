package dev.anvil.app.node;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.settings.ClusterSettings;
import dev.anvil.app.settings.Settings;
import dev.anvil.cluster.curator.Claim;
import dev.anvil.cluster.curator.Coordinates;
import dev.anvil.cluster.curator.CuratorCluster;
import dev.anvil.cluster.curator.EnsembleTls;
import dev.anvil.cluster.curator.JoinRefused;
import dev.anvil.ports.cluster.Member;
import dev.anvil.ports.cluster.Members;
import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.LeaseView;
import dev.anvil.ports.duties.Leases;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.waist.EmbeddedLeases;
import dev.anvil.waist.LeasedDuties;
import dev.anvil.waist.SoleMember;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in its deployment: alone, or joined to what ZooKeeper coordinates. Duties of the
 * whole deployment are leased there, those of a partition or of this node here: what proves that
 * this node is ready too, for each node must prove it of itself.
 */
final class NodeCluster implements AutoCloseable {
  /** How long a start waits for the ensemble. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** How long the first requests of a node that is ready have the processors to themselves. */
  static final Duration HEAD_START = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger("anvil.cluster");
  private static final Set<String> OF_THE_DEPLOYMENT = Set.of("backup");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LETTERS = 12;
  private static final int PRINT_BYTES = 16;

  private final CuratorCluster joined;
  private final Leases own;
  private final Members members;

  private NodeCluster(CuratorCluster joined, Leases own, Members members) {
    this.joined = joined;
    this.own = own;
    this.members = members;
  }

  /**
   * Joins, or stays alone where no ensemble is set.
   *
   * @throws HomeException if the ensemble does not answer or refuses this node
   */
  static NodeCluster join(Settings settings, StorageHome home, NodeSecrets secrets, NodeTime time) {
    Leases own = new EmbeddedLeases(home.boot().count(), settings.leaseTtl(), time.ticker());
    String nodeId = nodeId(home.identity().deploymentId());
    ClusterSettings cluster = settings.cluster();
    if (cluster.zookeeper().isEmpty()) {
      Member self = new Member(nodeId, home.boot().count(), time.clock().instant());
      return new NodeCluster(null, own, new SoleMember(self));
    }
    Coordinates where =
        new Coordinates(
            String.join(",", cluster.zookeeper()),
            cluster.name(),
            cluster.secret().orElseThrow().getBytes(StandardCharsets.UTF_8),
            cluster.session(),
            cluster.zookeeperTls()
                ? new EnsembleTls(
                    cluster.zookeeperTrust().orElse(null), cluster.zookeeperIdentity().orElse(null))
                : null);
    if (!cluster.zookeeperTls()) {
      LOG.warn("the session with {} is not encrypted: ZOOKEEPER_TLS=on does that", where);
    }
    CuratorCluster.Surroundings around =
        new CuratorCluster.Surroundings(
            time.ticker(), time.clock(), settings.leaseTtl(), found -> LOG.error("{}", found));
    try {
      LOG.info("joining {} as node {}", where, nodeId);
      CuratorCluster joined =
          CuratorCluster.join(where, claim(settings, home, secrets, nodeId), around, PATIENCE);
      return new NodeCluster(joined, own, joined.members());
    } catch (JoinRefused | Unavailable e) {
      throw new HomeException(e.getMessage(), e);
    }
  }

  private static Claim claim(
      Settings settings, StorageHome home, NodeSecrets secrets, String nodeId) {
    StorageHome.Boot boot = home.boot();
    return new Claim(
        settings.storagePath().toString(),
        home.identity().deploymentId(),
        home.identity().incarnation(),
        home.identity().partitions(),
        settings.region(),
        secrets.sealing().entries().stream().map(e -> print(e.text())).toList(),
        nodeId,
        told(boot.previous()),
        told(boot));
  }

  private static Claim.Boot told(StorageHome.Boot boot) {
    return boot == null
        ? new Claim.Boot(0, "")
        : new Claim.Boot(boot.count(), boot.nonce() == null ? "" : boot.nonce());
  }

  /** Fingerprint of a key: tells two apart and tells nothing else. */
  private static String print(String key) {
    byte[] digest = sha256("anvil key fingerprint " + key);
    return HexFormat.of().formatHex(digest, 0, PRINT_BYTES);
  }

  /** Node id of the one node of a deployment, the same at every start. */
  static String nodeId(String deploymentId) {
    byte[] digest = sha256("node of " + deploymentId.toLowerCase(Locale.ROOT));
    StringBuilder id = new StringBuilder("n");
    for (int i = 0; i < ID_LETTERS; i++) {
      id.append(LETTERS.charAt(digest[i] & 31));
    }
    return id.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Those who take part, as far as this node knows. */
  Members members() {
    return members;
  }

  /**
   * Seekers of this node's duties, each under the leases where it belongs. None of them runs before
   * {@link Seekers#begin}.
   */
  Seekers seekers(Runnable onIncident) {
    CountDownLatch begun = new CountDownLatch(1);
    LeasedDuties here = duties(own, begun, onIncident);
    LeasedDuties there = joined == null ? null : duties(joined.leases(), begun, onIncident);
    return new Seekers(here, there, begun);
  }

  private static LeasedDuties duties(Leases leases, CountDownLatch begun, Runnable onIncident) {
    ThreadFactory threads = Thread.ofVirtual().name("anvil-duty-", 0).factory();
    return new LeasedDuties(
        leases,
        LeasedDuties.FIRST_BACKOFF,
        loop -> threads.newThread(() -> after(begun, loop)),
        (what, cause) -> {
          LOG.warn("{}", what, cause);
          onIncident.run();
        });
  }

  private static void after(CountDownLatch begun, Runnable loop) {
    try {
      begun.await();
      loop.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Routes a duty to the leases of its kind, and holds all of them until they may begin. */
  record Seekers(LeasedDuties own, LeasedDuties deployment, CountDownLatch begun)
      implements AutoCloseable {
    /** They run once the first requests have had the processors to themselves. */
    void begin() {
      Thread.ofVirtual()
          .name("anvil-duties-begin")
          .start(() -> {
            try {
              begun.await(HEAD_START.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            begun.countDown();
          });
    }

    /** Where a duty seeks its lease. */
    Duties duties() {
      return deployment == null
          ? own
          : (name, period, duty) ->
              (OF_THE_DEPLOYMENT.contains(name.value()) ? deployment : own)
                  .seek(name, period, duty);
    }

    /** All leases that this node knows. */
    List<LeaseView> leases() {
      List<LeaseView> all = new ArrayList<>(own.leases());
      if (deployment != null) {
        all.addAll(deployment.leases());
      }
      return all;
    }

    @Override
    public void close() {
      begun.countDown();
      if (deployment != null) {
        deployment.close();
      }
      own.close();
    }
  }

  /** What proves the session with the ensemble; empty for a node alone. */
  Optional<java.util.concurrent.Callable<String>> probe() {
    return Optional.ofNullable(joined)
        .map(j ->
            () -> {
              j.prove();
              return members.now().size() + " member with a session";
            });
  }

  @Override
  public void close() {
    if (joined != null) {
      joined.close();
    }
  }
}
