package dev.anvil.cluster.curator;

import dev.anvil.ports.testkit.TestCertificate;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real ZooKeeper in a process of its own that speaks TLS only and asks who calls. */
final class TlsEnsemble implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  final int port;
  private final Process process;

  /** With that identity, and trust in those who show this certificate. */
  TlsEnsemble(Path folder, Path identity, Path trusted) throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path settings = folder.resolve("zoo.cfg");
    Files.writeString(
        settings,
        """
        dataDir=%s
        secureClientPort=%d
        serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory
        ssl.keyStore.location=%s
        ssl.keyStore.type=PEM
        ssl.trustStore.location=%s
        ssl.trustStore.type=PEM
        ssl.clientAuth=need
        admin.enableServer=false
        """
            .formatted(folder.resolve("zookeeper"), port, identity, trusted));
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.zookeeper.server.ZooKeeperServerMain",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("zookeeper.log").toFile())
            .start();
  }

  /** Whether its port answers. */
  boolean listens() {
    try (Socket socket = new Socket("localhost", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A self-signed certificate and its key.
   *
   * @param identity PEM file of key and certificate
   * @param certificate PEM file of the certificate alone
   */
  record Pem(Path identity, Path certificate) {
    static Pem in(Path folder, String name, String alternatives) throws IOException {
      TestCertificate made = TestCertificate.of(name, "EC", alternatives);
      return new Pem(
          Files.writeString(folder.resolve(name + ".pem"), made.keyPem() + made.certificatePem()),
          Files.writeString(folder.resolve(name + "-certificate.pem"), made.certificatePem()));
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
