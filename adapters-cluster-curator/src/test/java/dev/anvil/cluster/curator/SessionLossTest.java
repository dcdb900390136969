package dev.anvil.cluster.curator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.cluster.Member;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.HeldLease;
import dev.anvil.ports.duties.HeldLease.Renewal;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.ManualTicker;
import dev.anvil.ports.testkit.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that ends, and an ensemble that goes away and comes back. */
final class SessionLossTest {
  private static final DutyName BACKUP = new DutyName("backup");

  private final ManualTicker ticker = new ManualTicker();
  private Ensemble ensemble;
  private CuratorCluster node;

  @BeforeEach
  void start() throws Exception {
    ensemble = new Ensemble();
    node = ensemble.join(Ensemble.claim("d", 1), ticker);
  }

  @AfterEach
  void end() throws Exception {
    ensemble.close();
  }

  private HeldLease taken(CuratorCluster by) {
    HeldLease[] found = new HeldLease[1];
    Waiting.until(
        "the lease is taken", () -> (found[0] = by.leases().take(BACKUP).orElse(null)) != null);
    return found[0];
  }

  @Test
  void anExpiredSessionLosesItsLeasesAndComesBackWithAGreaterToken() throws Exception {
    HeldLease lease = taken(node);
    ZooKeeper zoo = node.session().client().getZookeeperClient().getZooKeeper();
    zoo.getTestable().injectSessionExpiration();
    Waiting.until("the loss is known", () -> lease.renew() == Renewal.LOST);
    assertThatThrownBy(lease::check).isInstanceOf(StaleFence.class);
    HeldLease again = taken(node);
    assertThat(again.token()).isGreaterThan(lease.token());
    Waiting.until("it lives again", () -> proven(node));
    Waiting.until(
        "it is a member again",
        () -> node.members().now().stream().map(Member::nodeId).toList().equals(List.of("nd")));
  }

  @Test
  void withoutTheEnsembleNoStepBeginsAndTheLeaseEndsBeforeTheSession() throws Exception {
    HeldLease lease = taken(node);
    ensemble.server.stop();
    Waiting.until("the silence is known", () -> lease.renew() == Renewal.PAUSED);
    assertThat(lease.held()).as("the running step may finish").isTrue();
    assertThat(node.leases().take(BACKUP)).isEmpty();
    assertThatThrownBy(node::prove)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("ZooKeeper");
    ticker.advance(Ensemble.SESSION.dividedBy(3).multipliedBy(2));
    assertThat(lease.held()).isFalse();
    assertThat(lease.renew()).isEqualTo(Renewal.LOST);
    ensemble.server.restart();
    HeldLease again = taken(node);
    assertThat(again.token()).isGreaterThan(lease.token());
    Waiting.until("the session is proven", () -> proven(node));
  }

  @Test
  void anEmptiedEnsembleIsToldAndNotServed() throws Exception {
    node.session().client().delete().forPath("/anvil/test/identity");
    assertThatThrownBy(node::prove)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("CoordinationLost");
  }

  @Test
  void listenersAreToldWhoComesAndGoes() throws Exception {
    CopyOnWriteArrayList<Set<Member>> told = new CopyOnWriteArrayList<>();
    Waiting.until("it knows itself", () -> node.members().now().size() == 1);
    try (var _ = node.members().watch(told::add)) {
      assertThat(told.getFirst()).hasSize(1);
      node.session().client().delete().forPath("/anvil/test/alive/nd");
      Waiting.until("it is told", () -> told.getLast().isEmpty());
      node.prove();
      Waiting.until("it is told again", () -> told.getLast().size() == 1);
    }
    assertThat(told.getLast())
        .singleElement()
        .satisfies(
            m -> assertThat(Duration.between(m.since(), java.time.Instant.now())).isPositive());
  }

  private static boolean proven(CuratorCluster node) {
    try {
      node.prove();
      return true;
    } catch (Unavailable e) {
      return false;
    }
  }
}
