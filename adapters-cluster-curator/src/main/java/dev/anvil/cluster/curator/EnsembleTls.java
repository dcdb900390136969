package dev.anvil.cluster.curator;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ClientX509Util;
import org.apache.zookeeper.util.PemReader;

/**
 * How a node speaks TLS to the ensemble. The name in the server's certificate is always compared.
 *
 * @param authorities PEM file of the certificates that are trusted; null for those of the JVM
 * @param identity PEM file of this node's unencrypted private key and its chain; null to show none
 */
public record EnsembleTls(Path authorities, Path identity) {
  private static final String PEM = "PEM";
  private static final String JVM_PASSWORD = "changeit";

  /**
   * Tells ZooKeeper's client.
   *
   * @throws JoinRefused naming the file if one cannot be read as what it must be
   */
  void apply(ZKClientConfig config) {
    config.setProperty(ZKClientConfig.SECURE_CLIENT, "true");
    config.setProperty(
        ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, "org.apache.zookeeper.ClientCnxnSocketNetty");
    try (ClientX509Util names = new ClientX509Util()) {
      config.setProperty(names.getSslHostnameVerificationEnabledProperty(), "true");
      // the client compares names only against trust that it was given, never against a default
      if (authorities != null) {
        check(
            "ZOOKEEPER_CA_FILE",
            authorities,
            "certificates",
            () -> PemReader.loadTrustStore(authorities.toFile()).size() > 0);
        config.setProperty(names.getSslTruststoreLocationProperty(), authorities.toString());
        config.setProperty(names.getSslTruststoreTypeProperty(), PEM);
      } else {
        config.setProperty(names.getSslTruststoreLocationProperty(), jvmTrust());
        config.setProperty(names.getSslTruststoreTypeProperty(), "JKS");
        config.setProperty(
            names.getSslTruststorePasswdProperty(),
            System.getProperty("javax.net.ssl.trustStorePassword", JVM_PASSWORD));
      }
      if (identity != null) {
        check(
            "ZOOKEEPER_CERT_FILE",
            identity,
            "an unencrypted private key (PKCS#8) and its certificate chain",
            () ->
                PemReader.loadKeyStore(identity.toFile(), identity.toFile(), Optional.empty())
                        .size()
                    > 0);
        config.setProperty(names.getSslKeystoreLocationProperty(), identity.toString());
        config.setProperty(names.getSslKeystoreTypeProperty(), PEM);
      }
    }
  }

  private static String jvmTrust() {
    String set = System.getProperty("javax.net.ssl.trustStore");
    return set != null
        ? set
        : Path.of(System.getProperty("java.home"), "lib", "security", "cacerts").toString();
  }

  /** A file that is read to find out whether it holds something. */
  private interface Reading {
    boolean anything() throws IOException, GeneralSecurityException;
  }

  private static void check(String setting, Path file, String what, Reading reading) {
    String why = "it holds none";
    try {
      if (reading.anything()) {
        return;
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      why = e.getMessage();
    }
    throw new JoinRefused(
        JoinRefused.Reason.OTHER_SETTING,
        setting + " is " + file + ": expected a PEM file of " + what + " (" + why + ")");
  }
}
