package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that a real ZooKeeper coordinates. */
class CoordinatedNodeTest {
  private static final String SECRET = "a cluster secret of more than 32 bytes";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final MemoryBackend backend = new MemoryBackend(new MemoryDisk());
  private TestingServer ensemble;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    ensemble = new TestingServer(true);
    node = node(backend, "/data/one");
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    http.close();
    ensemble.close();
  }

  private Node node(MemoryBackend on, String folder) {
    Settings settings =
        Settings.of(
            new SettingsSources()
                .set("STORAGE_PATH", folder, "test")
                .set("PARTITIONS", "2", "test")
                .set("DISK_RESERVE_MIB", "1", "test")
                .set("API_LISTEN_ADDR", "127.0.0.1:0", "test")
                .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "test")
                .set("ZOOKEEPER_CONNECT", ensemble.getConnectString(), "test")
                .set("ZOOKEEPER_SESSION_MS", "2000", "test")
                .set("ANVIL_CLUSTER_SECRET", SECRET, "test"));
    NodeTime time =
        new NodeTime(
            InstantSource.system(), System::nanoTime, new SecureRandom(), Duration.ofMillis(50));
    return Node.start(settings, on, time);
  }

  private HttpResponse<String> get(URI base, String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(base + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new AssertionError("no answer to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> readiness() {
    return get(node.managementUrl(), "/readyz");
  }

  @Test
  void withoutTheEnsembleItIsNotReadyYetServesAndRecovers() throws Exception {
    Waiting.until("it is ready", () -> readiness().statusCode() == 200);
    assertThat(readiness().body()).contains("\"cluster\"", "1 member with a session");
    ensemble.stop();
    Waiting.until("it is not", () -> readiness().statusCode() == 503);
    assertThat(readiness().body()).contains("cluster: ", "ZooKeeper");
    assertThat(get(node.managementUrl(), "/healthz").statusCode()).isEqualTo(200);
    assertThat(get(node.publicUrl(), "/v1/health/traffic").statusCode()).isEqualTo(200);
    ensemble.restart();
    Waiting.until("it is ready again", () -> readiness().statusCode() == 200);
  }

  /** Each node proves of itself that its duties run; one lease for all would let only one do so. */
  @Test
  void dutiesOfTheNodeAreNotLeasedInTheEnsemble() throws Exception {
    Waiting.until("it is ready", () -> readiness().statusCode() == 200);
    // duties begin after that, and the probe tells of them in its next round
    Waiting.until("a duty ran", () -> readiness().body().contains("a duty ran under token"));
    ZooKeeper zoo = new ZooKeeper(ensemble.getConnectString(), 5_000, event -> {});
    try {
      Mac password = Mac.getInstance("HmacSHA256");
      password.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] code = password.doFinal("anvil zookeeper acl".getBytes(StandardCharsets.UTF_8));
      zoo.addAuthInfo(
          "digest",
          ("anvil:" + HexFormat.of().formatHex(code)).getBytes(StandardCharsets.US_ASCII));
      assertThat(zoo.exists("/anvil/anvil/identity", false)).isNotNull();
      assertThat(zoo.exists("/anvil/anvil/duties/probe", false)).isNull();
    } finally {
      zoo.close();
    }
  }

  @Test
  void theSameFolderComesBackAtOnceAndAnotherIsRefused() {
    node.close();
    node = node(backend, "/data/one");
    Waiting.until("it is ready", () -> readiness().statusCode() == 200);
    MemoryBackend other = new MemoryBackend(new MemoryDisk());
    assertThatThrownBy(() -> node(other, "/data/two"))
        .isInstanceOf(HomeException.class)
        .hasMessageContainingAll("OtherDeployment", "/data/two", "CLUSTER_NAME");
  }
}
