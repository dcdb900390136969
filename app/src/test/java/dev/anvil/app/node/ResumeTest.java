package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client processes killed in the middle of a large transfer; the next one goes on. */
class ResumeTest {
  private static final int PART = 8 << 20;
  private static final int PARTS = 9;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private LocalNode local;
  private String token;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void start() throws IOException {
    local = new LocalNode(folder.resolve("node"));
    token = local.token("acme", "*|*");
    assertThat(call("PUT", "/v1/buckets/docs", "{}").statusCode()).isEqualTo(201);
    bytes = new byte[PART * (PARTS - 1) + 12_345];
    new SplittableRandom(Long.getLong("anvil.seed", 5L)).nextBytes(bytes);
    file = Files.write(folder.resolve("large.bin"), bytes);
  }

  @AfterEach
  void stop() {
    local.close();
  }

  private HttpResponse<String> call(String method, String path, String body) {
    return local.send(
        local.node().publicUrl(),
        method,
        path,
        body,
        Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"));
  }

  private Process anvil(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.anvil.app.Main");
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    builder.environment().put("ANVIL_ENDPOINT", local.node().publicUrl().toString());
    builder.environment().put("ANVIL_CLIENT_ID", local.clientId());
    builder.environment().put("ANVIL_CLIENT_SECRET", local.clientSecret());
    return builder.redirectOutput(folder.resolve("client.log").toFile()).start();
  }

  private void succeeds(Process client) throws Exception {
    int code = client.waitFor();
    assertThat(code).as(Files.readString(folder.resolve("client.log"))).isZero();
  }

  /** A client is a process of its own: on a busy machine its start alone takes long. */
  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited in vain until " + what).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void kill(Process client) throws InterruptedException {
    client.destroyForcibly().waitFor();
  }

  private int partsThere() {
    JsonNode uploads =
        LocalNode.json(call("GET", "/v1/buckets/docs/uploads", null)).path("uploads");
    if (uploads.isEmpty()) {
      return 0;
    }
    String path = "/v1/buckets/docs/uploads/" + uploads.get(0).path("uploadId").asText();
    return LocalNode.json(call("GET", path, null)).path("parts").size();
  }

  private double answered(String operation) {
    return local
        .admin("GET", "/metrics", null)
        .body()
        .lines()
        .filter(l -> l.startsWith("anvil_http_requests_total"))
        .filter(l -> l.contains("\"" + operation + "\"") && l.contains("2xx"))
        .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void anUploadThatWasKilledGoesOnWithTheMissingParts() throws Exception {
    Process first = anvil("put", file.toString(), "docs/large", "--parallel", "1");
    until("two parts are there", () -> partsThere() >= 2 || !first.isAlive());
    kill(first);
    int kept = partsThere();
    assertThat(kept).as("killed in the middle").isBetween(2, PARTS - 1);
    double before = answered("putPart");
    succeeds(anvil("put", file.toString(), "docs/large"));
    assertThat(answered("putPart") - before)
        .as("only what was missing went up")
        .isLessThanOrEqualTo(PARTS - kept);
    Path back = folder.resolve("back.bin");
    succeeds(anvil("get", "docs/large", back.toString(), "--parallel", "3"));
    assertThat(Files.mismatch(back, file)).isEqualTo(-1);
    assertThat(LocalNode.json(call("GET", "/v1/buckets/docs/uploads", null)).path("uploads"))
        .isEmpty();
  }

  @Test
  void aDownloadThatWasKilledGoesOnWithTheMissingRanges() throws Exception {
    succeeds(anvil("put", file.toString(), "docs/large"));
    Path target = folder.resolve("down").resolve("large.bin");
    Files.createDirectories(target.getParent());
    Process first = anvil("get", "docs/large", target.toString(), "--parallel", "1");
    double none = answered("getObject");
    until("two ranges came", () -> answered("getObject") >= none + 2 || !first.isAlive());
    kill(first);
    assertThat(target).as("the file appears whole or not at all").doesNotExist();
    double before = answered("getObject");
    succeeds(anvil("get", "docs/large", target.toString()));
    assertThat(answered("getObject") - before).isLessThan(PARTS);
    assertThat(Files.mismatch(target, file)).isEqualTo(-1);
    try (var left = Files.list(target.getParent())) {
      assertThat(left).containsExactly(target);
    }
  }
}
