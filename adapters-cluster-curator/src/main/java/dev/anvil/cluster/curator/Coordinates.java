package dev.anvil.cluster.curator;

import java.time.Duration;

/**
 * Where and how this node coordinates.
 *
 * @param connect comma separated host:port of the ensemble, a path behind it allowed
 * @param clusterName names the deployment within the ensemble
 * @param secret at least 32 bytes, the same on every node; values are authenticated and guarded
 *     with keys derived from it, and it is never sent
 * @param session silence after which the ensemble gives a session up
 * @param tls how to speak TLS to the ensemble; null to speak in clear
 */
public record Coordinates(
    String connect, String clusterName, byte[] secret, Duration session, EnsembleTls tls) {
  /** Shortest secret, in bytes. */
  public static final int MIN_SECRET_BYTES = 32;

  /** Refuses a name that is no path part and a short secret. */
  public Coordinates {
    if (!clusterName.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
      throw new IllegalArgumentException(
          "CLUSTER_NAME " + clusterName + " must be 1 to 63 letters, digits, _ and -");
    }
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "ANVIL_CLUSTER_SECRET has " + secret.length + " bytes, at least 32 are needed");
    }
    secret = secret.clone();
  }

  /** Path of the deployment. */
  String root() {
    return "/anvil/" + clusterName;
  }

  @Override
  public byte[] secret() {
    return secret.clone();
  }

  @Override
  public String toString() {
    return "ZooKeeper " + connect + " " + root();
  }
}
