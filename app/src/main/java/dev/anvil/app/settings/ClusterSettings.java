package dev.anvil.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Nodes beside this one. The secret never shows in {@link #toString()}.
 *
 * @param listen where the traffic between nodes binds
 * @param publicAddresses where others reach this node
 * @param bootstrap nodes that know the cluster
 * @param init whether this node begins a cluster
 * @param zookeeper the ensemble; empty for a node on its own
 * @param secret what the nodes share
 * @param name of the deployment within the ensemble
 * @param session silence after which the ensemble gives a node up
 * @param zookeeperTls whether to speak TLS to the ensemble
 * @param zookeeperTrust PEM file of certificates trusted then; empty for those of the JVM
 * @param zookeeperIdentity PEM file of the key and certificates shown then; empty for none
 */
public record ClusterSettings(
    ListenAddress listen,
    List<String> publicAddresses,
    List<String> bootstrap,
    boolean init,
    List<String> zookeeper,
    Optional<String> secret,
    String name,
    Duration session,
    boolean zookeeperTls,
    Optional<Path> zookeeperTrust,
    Optional<Path> zookeeperIdentity) {
  private static final int LEAST_SESSION_MS = 2_000;
  private static final int LONGEST_SESSION_MS = 120_000;

  static ClusterSettings of(SettingsReader r) {
    ClusterSettings cluster =
        new ClusterSettings(
            r.address(Setting.CLUSTER_LISTEN_ADDR),
            r.addresses(Setting.PUBLIC_CLUSTER_ADDRS),
            r.addresses(Setting.BOOTSTRAP_ADDRS),
            r.onOff(Setting.INIT_CLUSTER),
            r.addresses(Setting.ZOOKEEPER_CONNECT),
            r.secret(Setting.ANVIL_CLUSTER_SECRET),
            r.matching(
                Setting.CLUSTER_NAME,
                "[A-Za-z0-9][A-Za-z0-9_-]{0,62}",
                "1 to 63 letters, digits, _ and -, a letter or digit first"),
            Duration.ofMillis(
                r.number(Setting.ZOOKEEPER_SESSION_MS, LEAST_SESSION_MS, LONGEST_SESSION_MS)),
            r.onOff(Setting.ZOOKEEPER_TLS),
            file(r, Setting.ZOOKEEPER_CA_FILE),
            file(r, Setting.ZOOKEEPER_CERT_FILE));
    if (cluster.init() && !cluster.bootstrap().isEmpty()) {
      throw new SettingsException(
          "INIT_CLUSTER is on and BOOTSTRAP_ADDRS names nodes: a node either begins a cluster or"
              + " joins one; unset one of them");
    }
    if (!cluster.zookeeperTls()
        && (cluster.zookeeperTrust().isPresent() || cluster.zookeeperIdentity().isPresent())) {
      throw new SettingsException(
          "ZOOKEEPER_CA_FILE and ZOOKEEPER_CERT_FILE are of use with TLS alone: set"
              + " ZOOKEEPER_TLS=on too, or unset them");
    }
    if (!cluster.zookeeper().isEmpty() && cluster.secret().isEmpty()) {
      throw new SettingsException(
          "ZOOKEEPER_CONNECT is set: set ANVIL_CLUSTER_SECRET too, to at least 32 random bytes, for"
              + " example from: openssl rand -base64 32");
    }
    if (!cluster.listen().loopback() && cluster.secret().isEmpty()) {
      throw new SettingsException(
          "CLUSTER_LISTEN_ADDR is "
              + cluster.listen()
              + ": beyond loopback set ANVIL_CLUSTER_SECRET to at least 32 random bytes");
    }
    return cluster;
  }

  private static Optional<Path> file(SettingsReader r, Setting setting) {
    Optional<Path> file = r.optionalPath(setting);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw r.refused(setting, "a PEM file that this user can read");
    }
    return file;
  }

  @Override
  public String toString() {
    return "ClusterSettings[listen=" + listen + ", zookeeper=" + zookeeper + "]";
  }
}
