package dev.anvil.cluster.curator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.ManualTicker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may take part under a name, and what ZooKeeper is believed. */
final class EnrolmentTest {
  private Ensemble ensemble;

  @BeforeEach
  void start() throws Exception {
    ensemble = new Ensemble();
  }

  @AfterEach
  void end() throws Exception {
    ensemble.close();
  }

  private void refused(JoinRefused.Reason reason, Claim claim, String... named) {
    assertThatThrownBy(() -> ensemble.join(claim))
        .isInstanceOfSatisfying(
            JoinRefused.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e).hasMessageContainingAll(named);
            });
  }

  @Test
  void aSecondFolderIsAnotherDeployment() {
    ensemble.join(Ensemble.claim("d1", 1));
    refused(
        JoinRefused.Reason.OTHER_DEPLOYMENT,
        Ensemble.claim("d2", 1),
        "OtherDeployment",
        "deployment d1",
        "deployment d2",
        "/data/d2",
        "/anvil/test");
    assertThatCode(() -> ensemble.join(Ensemble.claim("d1", 2))).doesNotThrowAnyException();
  }

  @Test
  void settingsOfTheDeploymentAreKept() {
    ensemble.join(Ensemble.claim("d", 1));
    different(c -> with(c, 1, 8, "eu-1", "print"), "PARTITIONS", "8 here", "16 there");
    different(c -> with(c, 1, 16, "us-1", "print"), "REGION", "us-1 here");
    different(c -> with(c, 1, 16, "eu-1", "other"), "ANVIL_SECRET_ENCRYPTION_KEY");
  }

  private void different(UnaryOperator<Claim> change, String... named) {
    refused(JoinRefused.Reason.OTHER_SETTING, change.apply(Ensemble.claim("d", 4)), named);
  }

  private static Claim with(Claim c, int incarnation, int partitions, String region, String keys) {
    return new Claim(
        c.storage(),
        c.deploymentId(),
        incarnation,
        partitions,
        region,
        List.of(keys.split(",")),
        c.nodeId(),
        c.before(),
        c.now());
  }

  @Test
  void aCopyAndAnOldImageOfAFolderAreToldApart() {
    ensemble.join(Ensemble.claim("d", 5));
    refused(
        JoinRefused.Reason.STORAGE_COPIED, Ensemble.claim("d", 6, "other", "x"), "copies of one");
    refused(JoinRefused.Reason.STORAGE_ROLLED_BACK, Ensemble.claim("d", 4), "boot 5", "old copy");
    ensemble.join(Ensemble.claim("d", 6));
    // boots without ZooKeeper, or before it was told of them, are no fault
    ensemble.join(Ensemble.claim("d", 9));
  }

  @Test
  void aRestoredDeploymentTakesOverAndTheOldOneStaysOut() {
    ensemble.join(Ensemble.claim("d", 1));
    ensemble.join(with(Ensemble.claim("d", 2), 2, 16, "eu-1", "print"));
    refused(
        JoinRefused.Reason.STORAGE_ROLLED_BACK,
        Ensemble.claim("d", 3),
        "restored",
        "incarnation 1");
  }

  @Test
  void aNewKeyIsKnownByTheOneBefore() {
    ensemble.join(Ensemble.claim("d", 1));
    ensemble.join(with(Ensemble.claim("d", 2), 1, 16, "eu-1", "new,print"));
    ensemble.join(with(Ensemble.claim("d", 3), 1, 16, "eu-1", "new"));
    different(c -> c, "ANVIL_SECRET_ENCRYPTION_KEY");
  }

  @Test
  void anotherSecretIsRefusedByTheEnsemble() {
    ensemble.join(Ensemble.claim("d", 1));
    Coordinates other = ensemble.coordinates("another secret of more than 32 bytes");
    assertThatThrownBy(() -> ensemble.join(other, Ensemble.claim("d", 2), new ManualTicker()))
        .isInstanceOf(JoinRefused.class)
        .hasMessageContaining("ANVIL_CLUSTER_SECRET");
  }

  @Test
  void aSilentEnsembleIsNamed() throws Exception {
    Coordinates nobody =
        new Coordinates(
            "127.0.0.1:1",
            "test",
            Ensemble.SECRET.getBytes(StandardCharsets.UTF_8),
            Ensemble.SESSION,
            null);
    CuratorCluster.Surroundings around =
        new CuratorCluster.Surroundings(
            new ManualTicker(), java.time.InstantSource.system(), Ensemble.TTL, s -> {});
    assertThatThrownBy(() ->
            CuratorCluster.join(nobody, Ensemble.claim("d", 1), around, Duration.ofMillis(300)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll("127.0.0.1:1", "ZOOKEEPER_CONNECT");
  }

  @Test
  void aForgedValueIsReportedAndNotUsed() throws Exception {
    CuratorCluster node = ensemble.join(Ensemble.claim("d", 1));
    DutyName backup = new DutyName("backup");
    node.leases().take(backup).orElseThrow().release();
    CuratorFramework client = node.session().client();
    String epoch = "/anvil/test/duties/backup/epoch";
    byte[] right = client.getData().forPath(epoch);
    String text = new String(right, StandardCharsets.UTF_8);
    client.setData().forPath(epoch, text.replace(":1", ":9").getBytes(StandardCharsets.UTF_8));
    assertThat(node.leases().take(backup)).isEmpty();
    assertThat(ensemble.findings)
        .singleElement()
        .asString()
        .contains(epoch, "authentication code", "ANVIL_CLUSTER_SECRET");
    client.setData().forPath(epoch, client.getData().forPath("/anvil/test/identity"));
    assertThat(node.leases().take(backup)).as("a value of another path").isEmpty();
    client.setData().forPath(epoch, right);
    assertThat(node.leases().take(backup)).isPresent();
  }

  @Test
  void nothingInZooKeeperShowsTheSecret() throws Exception {
    CuratorCluster node = ensemble.join(Ensemble.claim("d", 1));
    node.leases().take(new DutyName("sweep/3")).orElseThrow();
    StringBuilder all = new StringBuilder();
    read(node.session().client(), "/anvil", all);
    assertThat(all).contains("/anvil/test/alive/nd", "duties/sweep/3/owner");
    assertThat(all.toString()).doesNotContain(Ensemble.SECRET);
  }

  private static void read(CuratorFramework client, String path, StringBuilder all)
      throws Exception {
    all.append(path).append(' ');
    all.append(new String(client.getData().forPath(path), StandardCharsets.UTF_8)).append('\n');
    for (String child : client.getChildren().forPath(path)) {
      read(client, path + "/" + child, all);
    }
  }
}
