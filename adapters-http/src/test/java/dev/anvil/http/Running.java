package dev.anvil.http;

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

/** A server on free ports, and what its surroundings saw. */
final class Running implements AutoCloseable {
  final List<RequestLog.Line> lines = new CopyOnWriteArrayList<>();
  final AtomicBoolean ready = new AtomicBoolean(true);
  final PrometheusMeters meters = new PrometheusMeters(false);
  final HttpServer server;
  final HttpClient client = HttpClient.newHttpClient();

  Running(HttpLimits limits) throws Exception {
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
                new HttpSettings("127.0.0.1", 0, "127.0.0.1", 0, limits),
                new HttpServer.Surroundings(
                    System::nanoTime,
                    () -> "r-" + ids.incrementAndGet(),
                    lines::add,
                    meters,
                    health,
                    null))
            .start();
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
