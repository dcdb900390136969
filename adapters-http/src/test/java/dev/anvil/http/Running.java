package dev.anvil.http;

import dev.anvil.http.settings.HttpLimits;
import dev.anvil.http.settings.HttpSettings;
import dev.anvil.http.telemetry.Health;
import dev.anvil.http.telemetry.PrometheusMeters;
import dev.anvil.http.telemetry.RequestLog;
import dev.anvil.http.use.UseCases;
import dev.anvil.ports.testkit.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A server on free ports, and what its surroundings saw. */
final class Running implements AutoCloseable {
  final List<RequestLog.Line> lines = new CopyOnWriteArrayList<>();
  final AtomicBoolean ready = new AtomicBoolean(true);
  final PrometheusMeters meters = new PrometheusMeters(false);
  final FakeStore store = new FakeStore();
  final HttpServer server;
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Running(HttpLimits limits) throws Exception {
    this(limits, null);
  }

  /** With the fake's use cases if null. */
  Running(HttpLimits limits, UseCases useCases) throws Exception {
    this(new HttpSettings("127.0.0.1", 0, "127.0.0.1", 0, limits), useCases);
  }

  /** The same with these listeners. */
  Running(HttpSettings settings, UseCases useCases) throws Exception {
    AtomicLong ids = new AtomicLong();
    Health health =
        new Health() {
          @Override
          public Readiness readiness() {
            boolean now = ready.get();
            return new Readiness(
                now ? "ready" : "draining",
                now,
                List.of(new Probe("persist", now, "written and read back", Duration.ZERO)));
          }

          @Override
          public boolean traffic() {
            return ready.get();
          }
        };
    server =
        new HttpServer(
                settings,
                new HttpServer.Surroundings(
                    System::nanoTime,
                    () -> "r-" + ids.incrementAndGet(),
                    lines::add,
                    meters,
                    health,
                    null),
                useCases == null ? store.useCases() : useCases)
            .start();
  }

  /** A request with a good token. */
  HttpRequest.Builder authorised(String target) {
    return HttpRequest.newBuilder(open(target)).header("Authorization", "Bearer good");
  }

  /** The log line of a request; it comes after the answer's last byte, so wait for it. */
  RequestLog.Line line(String id) {
    return waitForLine("request " + id + " is logged", line -> line.requestId().equals(id));
  }

  /** Waits until the store began to read so many bodies. */
  void waitForBodies(int count) {
    Waiting.until(
        "the store is asked to read " + count + " bodies", () -> store.bodiesRead.get() >= count);
  }

  /** Waits for a log line like this. */
  RequestLog.Line waitForLine(String what, Predicate<RequestLog.Line> wanted) {
    Waiting.until(what, () -> lines.stream().anyMatch(wanted));
    return lines.stream().filter(wanted).findFirst().orElseThrow();
  }

  URI open(String target) {
    return URI.create("http://127.0.0.1:" + server.publicPort() + target);
  }

  URI management(String target) {
    return URI.create("http://127.0.0.1:" + server.managementPort() + target);
  }

  HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(
        request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
