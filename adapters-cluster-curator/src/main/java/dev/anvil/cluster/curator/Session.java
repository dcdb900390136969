package dev.anvil.cluster.curator;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.RetryPolicy;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryNTimes;
import org.apache.curator.utils.DefaultZookeeperFactory;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;

/**
 * A session with the ensemble and what is known of it. What the connection tells is a hint: a
 * process that slept believes in a session that is long over, so nothing is decided by it but when
 * to stop; the versions in ZooKeeper and the fences in the store decide.
 */
final class Session implements AutoCloseable {
  private static final RetryPolicy ONCE = new RetryNTimes(1, 50);

  private final CuratorFramework client;
  private final Ticker ticker;
  private final long sessionNanos;
  private volatile Known known = new Known(false, 0, 0);

  /**
   * @param up whether the ensemble answers
   * @param since ticker time of the last change
   * @param era count of the times a connection came back; what was known before is to be read anew
   */
  private record Known(boolean up, long since, long era) {}

  private Session(CuratorFramework client, Duration session, Ticker ticker) {
    this.client = client;
    this.ticker = ticker;
    this.sessionNanos = session.toNanos();
  }

  /** Begins to connect; returns at once. */
  static Session open(Coordinates where, Ticker ticker) {
    int sessionMillis = Math.toIntExact(where.session().toMillis());
    CuratorFramework client =
        CuratorFrameworkFactory.builder()
            .connectString(where.connect())
            .sessionTimeoutMs(sessionMillis)
            .connectionTimeoutMs(Math.max(1, sessionMillis / 3))
            .retryPolicy(ONCE)
            .authorization(
                "digest",
                Derived.credentials(where.secret())
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .aclProvider(onlyUs(where))
            .zookeeperFactory(new DefaultZookeeperFactory())
            .zkClientConfig(config(where))
            .build();
    Session session = new Session(client, where.session(), ticker);
    client.getConnectionStateListenable().addListener((c, state) -> session.changed(state));
    client.start();
    return session;
  }

  private static ZKClientConfig config(Coordinates where) {
    ZKClientConfig config = new ZKClientConfig();
    if (where.tls() != null) {
      where.tls().apply(config);
    }
    return config;
  }

  /** Everything below {@code /anvil/NAME} is ours alone; {@code /anvil} itself is shared. */
  private static ACLProvider onlyUs(Coordinates where) {
    String digest;
    try {
      digest = DigestAuthenticationProvider.generateDigest(Derived.credentials(where.secret()));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException("ZooKeeper's digest is not there", e);
    }
    ACL all = new ACL(ZooDefs.Perms.ALL, new Id("digest", digest));
    // ZooKeeper asks the lists whether they contain null, which immutable ones refuse
    List<ACL> ours = Arrays.asList(all);
    List<ACL> shared =
        Arrays.asList(
            all, new ACL(ZooDefs.Perms.READ | ZooDefs.Perms.CREATE, ZooDefs.Ids.ANYONE_ID_UNSAFE));
    return new ACLProvider() {
      @Override
      public List<ACL> getDefaultAcl() {
        return ours;
      }

      @Override
      public List<ACL> getAclForPath(String path) {
        return path.equals("/anvil") ? shared : ours;
      }
    };
  }

  private synchronized void changed(ConnectionState state) {
    boolean up = state.isConnected();
    known = new Known(up, ticker.nanos(), up ? known.era + 1 : known.era);
    if (state == ConnectionState.LOST) {
      known = new Known(false, ticker.nanos() - sessionNanos, known.era);
    }
  }

  CuratorFramework client() {
    return client;
  }

  boolean up() {
    return known.up;
  }

  /** Silence after which the ensemble gives the session up. */
  long nanos() {
    return sessionNanos;
  }

  /** Changes whenever a connection came back. */
  long era() {
    return known.era;
  }

  /** Whether a lease of this session may still be believed: up, or away for less than 2/3 of it. */
  boolean believable() {
    Known now = known;
    return now.up || ticker.nanos() - now.since < sessionNanos / 3 * 2;
  }

  /** Id of the session, which owns its ephemeral nodes. */
  long id() throws Exception {
    return client.getZookeeperClient().getZooKeeper().getSessionId();
  }

  /** Waits for a connection; false after the bound. */
  boolean await(Duration bound) throws InterruptedException {
    return client.blockUntilConnected(
        Math.toIntExact(Math.max(1, bound.toMillis())), TimeUnit.MILLISECONDS);
  }

  /** What ZooKeeper could not answer, as a failure of ours. */
  static Unavailable unavailable(String what, Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return Unavailable.notApplied(
        Unavailable.Reason.UNAVAILABLE,
        what + ": ZooKeeper does not answer (" + cause.getMessage() + "); check the ensemble",
        cause);
  }

  @Override
  public void close() {
    client.close();
  }
}
