package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four times more requests than an application may send, for a minute: the excess is refused at
 * once, others keep their latency, memory stays flat, readiness true, and all is well again soon.
 */
@Tag("slow")
class OverloadedTest {
  private static final int ALLOWED = 100;
  private static final int CLIENTS = 40;
  private static final int SECONDS = Integer.getInteger("anvil.overload.seconds", 60);
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  private record Sample(int status, long nanos) {}

  private static String token(ServerProcess server, String admin, String tenant) throws Exception {
    server.admin(admin, "POST", "/v1/admin/tenants", "{\"name\":\"" + tenant + "\"}");
    JsonNode app =
        server.admin(
            admin,
            "POST",
            "/v1/admin/tenants/" + tenant + "/applications",
            "{\"name\":\"app\",\"grants\":[\"*|*\"]}");
    String pair = app.path("clientId").asText() + ":" + app.path("clientSecret").asText();
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(URI.create(server.open + "/v1/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
    return Deployment.JSON.readTree(answer.body()).path("access_token").asText();
  }

  private static Sample ask(ServerProcess server, String token, String method, String path) {
    HttpRequest.BodyPublisher body =
        path.contains("/objects/") && method.equals("PUT")
            ? HttpRequest.BodyPublishers.ofString("x".repeat(1_000))
            : HttpRequest.BodyPublishers.noBody();
    long began = System.nanoTime();
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(URI.create(server.open + path))
                .header("Authorization", "Bearer " + token)
                .method(method, body)
                .build());
    return new Sample(answer.statusCode(), System.nanoTime() - began);
  }

  /** One request every so often until it is over, on a schedule that waits for nobody. */
  private static void client(
      ServerProcess server,
      String token,
      int perSecond,
      AtomicBoolean over,
      List<Sample> samples,
      String path) {
    long next = System.nanoTime();
    for (int i = 0; !over.get(); i++) {
      next += SECOND / perSecond;
      samples.add(ask(server, token, i % 4 == 0 ? "PUT" : "GET", path));
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private static double millis(List<Sample> samples, int status, double quantile) {
    List<Long> sorted =
        List.copyOf(samples).stream()
            .filter(s -> status == 0 || s.status() == status)
            .map(Sample::nanos)
            .sorted()
            .toList();
    return sorted.isEmpty() ? 0 : sorted.get((int) (quantile * (sorted.size() - 1))) / 1e6;
  }

  private static List<Sample> polite(ServerProcess server, String token, int seconds)
      throws Exception {
    List<Sample> samples = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
      one.submit(() -> client(server, token, 20, over, samples, "/v1/buckets/polite/objects/a"));
      one.submit(() -> watchTime(over, seconds));
    }
    return samples;
  }

  private static void watchTime(AtomicBoolean over, int seconds) {
    long end = System.nanoTime() + seconds * SECOND;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(SECOND / 20);
    }
    over.set(true);
  }

  private static boolean ready(ServerProcess server) {
    return server
            .send(HttpRequest.newBuilder(URI.create(server.management + "/readyz")).build())
            .statusCode()
        == 200;
  }

  @Test
  void theExcessIsRefusedAndNobodyElseFeelsIt() throws Exception {
    Map<String, String> environment =
        Map.of(
            "ANVIL_SECRET_ENCRYPTION_KEY", Deployment.SEALING_KEY,
            "JWT_SECRET", Deployment.JWT_SECRET,
            "ANVIL_ADMIN_CREDENTIAL", Deployment.ADMIN);
    try (ServerProcess server =
        new ServerProcess(folder, environment, "RATE_APP_REQUESTS=" + ALLOWED)) {
      String loud = token(server, Deployment.ADMIN, "loud");
      String quiet = token(server, Deployment.ADMIN, "quiet");
      assertThat(ask(server, quiet, "PUT", "/v1/buckets/polite").status()).isEqualTo(201);
      assertThat(ask(server, loud, "PUT", "/v1/buckets/loud").status()).isEqualTo(201);
      polite(server, quiet, 10);
      List<Sample> before = polite(server, quiet, 10);

      AtomicBoolean over = new AtomicBoolean();
      List<Sample> excess = Collections.synchronizedList(new ArrayList<>());
      List<Boolean> readiness = Collections.synchronizedList(new ArrayList<>());
      List<Long> memory = Collections.synchronizedList(new ArrayList<>());
      List<Sample> during;
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < CLIENTS; i++) {
          String path = "/v1/buckets/loud/objects/k" + i;
          clients.submit(() -> client(server, loud, 4 * ALLOWED / CLIENTS, over, excess, path));
        }
        clients.submit(() -> {
          while (!over.get()) {
            readiness.add(ready(server));
            memory.add(server.residentMib());
            LockSupport.parkNanos(SECOND);
          }
        });
        during = polite(server, quiet, SECONDS);
        over.set(true);
        assertThat(clients.shutdownNow()).isEmpty();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      }
      report(before, during, excess, memory);
      assertThat(excess.stream().map(Sample::status)).containsOnly(200, 429);
      long admitted = excess.stream().filter(s -> s.status() != 429).count();
      assertThat(admitted).isLessThanOrEqualTo((long) ALLOWED * (SECONDS + 3));
      assertThat(admitted).isGreaterThan((long) ALLOWED * SECONDS / 2);
      assertThat(millis(excess, 429, 0.99)).as("refused quickly").isLessThan(500);
      assertThat(during.stream().map(Sample::status)).containsOnly(200);
      assertThat(millis(during, 0, 0.9)).isLessThan(Math.max(5 * millis(before, 0, 0.9), 250));
      assertThat(readiness).isNotEmpty().containsOnly(true);
      long early = memory.get(memory.size() / 3);
      assertThat(memory.getLast()).isLessThan(early + 64);

      long ended = System.nanoTime();
      while (ask(server, loud, "GET", "/v1/buckets").status() == 429
          && System.nanoTime() - ended < 6 * SECOND) {
        LockSupport.parkNanos(SECOND / 10);
      }
      assertThat(System.nanoTime() - ended).as("normal again").isLessThan(5 * SECOND);
      assertThat(millis(polite(server, quiet, 5), 0, 0.9))
          .isLessThan(Math.max(5 * millis(before, 0, 0.9), 250));
    }
  }

  private static void report(
      List<Sample> before, List<Sample> during, List<Sample> excess, List<Long> memory) {
    System.out.printf(
        "polite p50/p90 before %.1f/%.1f ms, during %.1f/%.1f ms; %d asked too much, %d refused,"
            + " p50/p99 of a refusal %.1f/%.1f ms; MiB %s%n",
        millis(before, 0, 0.5),
        millis(before, 0, 0.9),
        millis(during, 0, 0.5),
        millis(during, 0, 0.9),
        excess.size(),
        excess.stream().filter(s -> s.status() == 429).count(),
        millis(excess, 429, 0.5),
        millis(excess, 429, 0.99),
        memory);
  }
}
