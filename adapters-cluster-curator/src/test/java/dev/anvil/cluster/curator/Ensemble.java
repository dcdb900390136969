package dev.anvil.cluster.curator;

import dev.anvil.ports.testkit.ManualTicker;
import dev.anvil.ports.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.test.TestingServer;

/** A real ZooKeeper on loopback and the nodes that a test lets take part. */
final class Ensemble implements AutoCloseable {
  static final Duration SESSION = Duration.ofSeconds(2);
  static final Duration TTL = Duration.ofSeconds(30);
  static final String SECRET = "a cluster secret of more than 32 bytes";
  static final Duration PATIENCE = Duration.ofSeconds(15);

  final TestingServer server;
  final List<String> findings = new CopyOnWriteArrayList<>();
  private final List<CuratorCluster> joined = new ArrayList<>();

  Ensemble() throws Exception {
    server = new TestingServer(true);
  }

  Coordinates coordinates(String secret) {
    return new Coordinates(
        server.getConnectString(), "test", secret.getBytes(StandardCharsets.UTF_8), SESSION, null);
  }

  static Claim claim(String deployment, int boot) {
    return claim(deployment, boot, "nonce-" + (boot - 1), "nonce-" + boot);
  }

  static Claim claim(String deployment, int boot, String nonceBefore, String nonce) {
    return new Claim(
        "/data/" + deployment,
        deployment,
        1,
        16,
        "eu-1",
        List.of("print"),
        "n" + deployment,
        new Claim.Boot(boot - 1, nonceBefore),
        new Claim.Boot(boot, nonce));
  }

  CuratorCluster join(Claim claim, Ticker ticker) {
    return join(coordinates(SECRET), claim, ticker);
  }

  CuratorCluster join(Coordinates where, Claim claim, Ticker ticker) {
    CuratorCluster cluster =
        CuratorCluster.join(
            where,
            claim,
            new CuratorCluster.Surroundings(ticker, InstantSource.system(), TTL, findings::add),
            PATIENCE);
    joined.add(cluster);
    return cluster;
  }

  CuratorCluster join(Claim claim) {
    return join(claim, new ManualTicker());
  }

  @Override
  public void close() throws java.io.IOException {
    joined.forEach(CuratorCluster::close);
    server.close();
  }
}
