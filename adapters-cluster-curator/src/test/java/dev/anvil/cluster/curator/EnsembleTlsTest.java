package dev.anvil.cluster.curator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.cluster.curator.TlsEnsemble.Pem;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.HeldLease;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and a real ZooKeeper that speak TLS to each other, both showing who they are. */
final class EnsembleTlsTest {
  private static final Duration SHORT = Duration.ofSeconds(3);

  @TempDir private static Path folder;

  private static Pem server;
  private static Pem node;
  private static Pem stranger;
  private static TlsEnsemble ensemble;

  @BeforeAll
  static void start() throws Exception {
    server = Pem.in(folder, "zookeeper", "dns:localhost,ip:127.0.0.1");
    node = Pem.in(folder, "node", "dns:node.test");
    stranger = Pem.in(folder, "stranger", "dns:localhost,ip:127.0.0.1");
    ensemble = new TlsEnsemble(folder, server.identity(), node.certificate());
    try (CuratorCluster first = join(ours(), "first", Duration.ofMinutes(1))) {
      first.prove();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    ensemble.close();
  }

  private static EnsembleTls ours() {
    return new EnsembleTls(server.certificate(), node.identity());
  }

  private static CuratorCluster join(EnsembleTls tls, String name, Duration patience) {
    return join("localhost:" + ensemble.port, tls, name, patience);
  }

  private static CuratorCluster join(
      String connect, EnsembleTls tls, String name, Duration patience) {
    Coordinates where =
        new Coordinates(
            connect,
            name,
            Ensemble.SECRET.getBytes(StandardCharsets.UTF_8),
            Duration.ofSeconds(10),
            tls);
    CuratorCluster.Surroundings around =
        new CuratorCluster.Surroundings(
            System::nanoTime, InstantSource.system(), Ensemble.TTL, s -> {});
    return CuratorCluster.join(where, Ensemble.claim("d", 1), around, patience);
  }

  @Test
  void membersAndLeasesWorkOverTls() throws Exception {
    try (CuratorCluster cluster = join(ours(), "works", Duration.ofMinutes(1))) {
      cluster.prove();
      HeldLease lease = cluster.leases().take(new DutyName("backup")).orElseThrow();
      assertThat(lease.renew()).isEqualTo(HeldLease.Renewal.HELD);
      Waiting.until("it is a member", () -> cluster.members().now().size() == 1);
    }
  }

  private static void refused(EnsembleTls tls, String name) {
    assertThatThrownBy(() -> join(tls, name, SHORT).close())
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("ZOOKEEPER_CONNECT");
  }

  @Test
  void inClearNothingIsAnswered() {
    refused(null, "clear");
  }

  @Test
  void aServerThatIsNotTrustedIsNotJoined() {
    refused(new EnsembleTls(stranger.certificate(), node.identity()), "untrusted");
  }

  @Test
  void whatTheJvmTrustsCountsWithoutAFileAndDoesNotHoldThisServer() {
    refused(new EnsembleTls(null, node.identity()), "jvm");
  }

  @Test
  void whoShowsNothingOrSomethingElseIsRefusedByTheEnsemble() {
    refused(new EnsembleTls(server.certificate(), null), "nobody");
    refused(new EnsembleTls(server.certificate(), stranger.identity()), "stranger");
  }

  @Test
  void aCertificateOfAnotherHostIsRefusedThoughItIsTrusted(@TempDir Path other) throws Exception {
    Pem elsewhere = Pem.in(other, "elsewhere", "dns:elsewhere.test");
    try (TlsEnsemble wrong = new TlsEnsemble(other, elsewhere.identity(), node.certificate())) {
      EnsembleTls tls = new EnsembleTls(elsewhere.certificate(), node.identity());
      Waiting.until("it listens", wrong::listens);
      assertThatThrownBy(() -> join("localhost:" + wrong.port, tls, "wrong", SHORT).close())
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("name the hosts");
    }
  }

  @Test
  void filesThatHoldSomethingElseAreNamed(@TempDir Path files) throws Exception {
    Path text = Files.writeString(files.resolve("text.pem"), "no certificate");
    assertThatThrownBy(() -> join(new EnsembleTls(text, node.identity()), "files", SHORT))
        .isInstanceOf(JoinRefused.class)
        .hasMessageContainingAll("ZOOKEEPER_CA_FILE", text.toString());
    EnsembleTls half = new EnsembleTls(server.certificate(), server.certificate());
    assertThatThrownBy(() -> join(half, "files", SHORT))
        .isInstanceOf(JoinRefused.class)
        .hasMessageContainingAll("ZOOKEEPER_CERT_FILE", "private key");
  }
}
