package dev.anvil.cluster.curator;

import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.HeldLease;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** A process that takes a lease, tells its token, and renews it whenever a line says so. */
final class HolderProcess {
  static final DutyName DUTY = new DutyName("backup");

  private HolderProcess() {}

  public static void main(String[] args) throws IOException {
    // what libraries print must not get between the answers
    PrintStream answers = System.out;
    System.setOut(System.err);
    Coordinates where =
        new Coordinates(
            args[0],
            "test",
            Ensemble.SECRET.getBytes(StandardCharsets.UTF_8),
            Ensemble.SESSION,
            null);
    CuratorCluster.Surroundings around =
        new CuratorCluster.Surroundings(
            System::nanoTime, InstantSource.system(), Ensemble.TTL, s -> {});
    try (CuratorCluster cluster =
            CuratorCluster.join(where, Ensemble.claim("d", 1), around, Ensemble.PATIENCE);
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      HeldLease lease = cluster.leases().take(DUTY).orElseThrow();
      answers.println(lease.token());
      while (commands.readLine() != null) {
        HeldLease.Renewal renewal = lease.renew();
        for (int i = 0; i < 400 && renewal == HeldLease.Renewal.PAUSED; i++) {
          java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
          renewal = lease.renew();
        }
        answers.println(renewal);
      }
    }
  }
}
