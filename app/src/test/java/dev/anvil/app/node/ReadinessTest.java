package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.ports.testkit.EngineFaults;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.ManualTicker;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.Waiting;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each cause of not being ready, brought about and healed on a running node. */
class ReadinessTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private final MemoryDisk disk = new MemoryDisk();
  private final MemoryBackend backend = new MemoryBackend(disk);
  private final ManualClock clock = new ManualClock(Instant.now());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Node node;

  @BeforeEach
  void start() {
    node = node(backend, clock, Duration.ofMillis(50));
  }

  private Node node(MemoryBackend on, ManualClock wall, Duration period) {
    Settings settings =
        Settings.of(
            new SettingsSources()
                .set("STORAGE_PATH", folder.toString(), "test")
                .set("PARTITIONS", "2", "test")
                .set("DISK_RESERVE_MIB", "1", "test")
                .set("API_LISTEN_ADDR", "127.0.0.1:0", "test")
                .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "test"));
    return Node.start(
        settings, on, new NodeTime(wall, System::nanoTime, new SecureRandom(), period));
  }

  @AfterEach
  void stop() {
    node.close();
    http.close();
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

  private JsonNode readiness() {
    try {
      return JSON.readTree(get(node.managementUrl(), "/readyz").body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private EngineFaults faults(String partition) {
    return backend.stores().entrySet().stream()
        .filter(e -> e.getKey().endsWith("/" + partition))
        .map(e -> e.getValue().faults())
        .findFirst()
        .orElseThrow(() -> new AssertionError(partition + " is none of " + backend.stores()));
  }

  private boolean ready() {
    return get(node.managementUrl(), "/readyz").statusCode() == 200;
  }

  private boolean blamed(String probe) {
    for (JsonNode reason : readiness().path("reasons")) {
      if (reason.asText().startsWith(probe + ": ")) {
        return true;
      }
    }
    return false;
  }

  private void breaks(String probe, Runnable cause, Runnable cure) {
    Waiting.until("ready before " + probe, this::ready);
    cause.run();
    Waiting.until(probe + " is blamed", () -> blamed(probe));
    assertThat(ready()).isFalse();
    assertThat(readiness().path("state").asText()).isEqualTo("recovering");
    assertThat(get(node.publicUrl(), "/v1/health/ready").statusCode()).isEqualTo(503);
    assertThat(get(node.publicUrl(), "/v1/health/traffic").statusCode()).isEqualTo(503);
    assertThat(get(node.publicUrl(), "/v1/health/ready").body())
        .as("the public learns no reasons")
        .doesNotContain(probe);
    assertThat(get(node.managementUrl(), "/healthz").statusCode()).isEqualTo(200);
    cure.run();
    Waiting.until("ready after " + probe, this::ready);
    assertThat(readiness().path("reasons")).isEmpty();
  }

  @Test
  void everyPromiseHasItsProbe() {
    assertThat(readiness().path("probes").findValuesAsText("name"))
        .containsExactly(
            "persist",
            "bodies",
            "partitions",
            "authorise",
            "journal",
            "watch",
            "lease",
            "disk",
            "clock");
    Waiting.until("all proved", this::ready);
  }

  @Test
  void aFullStoreOfOnePartitionIsNoticedThoughNobodyWritesToIt() {
    breaks("persist", () -> faults("001").full(true), () -> faults("001").full(false));
  }

  @Test
  void aDirectoryThatCannotBeReadCannotAuthorise() {
    breaks("authorise", () -> faults("000").readsFail(true), () -> faults("000").readsFail(false));
  }

  @Test
  void aDiskThatTakesNoBodiesIsNotReady() {
    breaks("bodies", () -> disk.unwritable(true), () -> disk.unwritable(false));
  }

  @Test
  void tooLittleRoomIsNotReady() {
    breaks("disk", () -> disk.capacity(0), () -> disk.capacity(Long.MAX_VALUE));
  }

  @Test
  void aClockThatWasSetBackIsNotReady() {
    breaks(
        "clock", () -> clock.move(Duration.ofMinutes(-5)), () -> clock.move(Duration.ofMinutes(6)));
  }

  @Test
  void aWriteThatHangsIsNoticedToo() throws Exception {
    NodeHealth health;
    ManualTicker ticker = new ManualTicker();
    health = new NodeHealth(ticker);
    CountDownLatch held = new CountDownLatch(1);
    health.probe("quick", () -> "well");
    health.probe(
        "hangs",
        () -> {
          held.await();
          return "at last";
        });
    try (ProbeRounds _ = ProbeRounds.start(health, Duration.ofMillis(5))) {
      Waiting.until("quick is proved", () -> health.readiness().probes().getFirst().ok());
      assertThat(health.readiness().probes().getLast().ok()).isFalse();
      held.countDown();
      Waiting.until("hangs is proved", () -> health.readiness().probes().getLast().ok());
    }
  }

  @Test
  void oldProofsAndSilentLeasesDoNotCount() {
    ManualTicker ticker = new ManualTicker();
    NodeHealth health = new NodeHealth(ticker);
    health.probe("lease", health::lease);
    health.state("ready");
    health.leaseSeen(7);
    health.proveAll();
    assertThat(health.readiness().ready()).isTrue();
    ticker.advance(NodeHealth.STALE.plusSeconds(1));
    assertThat(health.readiness().probes().getFirst().detail()).contains("last tried");
    health.proveAll();
    assertThat(health.readiness().probes().getFirst().detail()).contains("could renew its lease");
    health.leaseSeen(8);
    health.proveAll();
    assertThat(health.readiness().ready()).isTrue();
    health.state("draining");
    assertThat(health.traffic()).isFalse();
    assertThat(health.readiness().state()).isEqualTo("draining");
  }
}
