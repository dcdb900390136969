package dev.anvil.cluster.curator;

import dev.anvil.ports.duties.Leases;
import dev.anvil.ports.testkit.LeasesContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of leases on a real ZooKeeper; two boots of a node are its two seekers. */
final class CuratorLeasesTest extends LeasesContract {
  private final Map<Integer, CuratorCluster> seekers = new HashMap<>();
  private Ensemble ensemble;

  @BeforeEach
  void start() throws Exception {
    ensemble = new Ensemble();
  }

  @AfterEach
  void end() throws Exception {
    ensemble.close();
  }

  @Override
  protected synchronized Leases seeker(int number) {
    return seekers
        .computeIfAbsent(number, n -> ensemble.join(Ensemble.claim("d", n + 1), ticker))
        .leases();
  }

  @Override
  protected Leases restarted() {
    seekers.get(0).close();
    return ensemble.join(Ensemble.claim("d", 2), ticker).leases();
  }
}
