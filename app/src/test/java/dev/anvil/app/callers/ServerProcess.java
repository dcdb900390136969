package dev.anvil.app.callers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code anvil server} as a process of its own, with all it writes in a folder. */
final class ServerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);

  final Path data;
  final Path out;
  final Path err;
  final URI open;
  final URI management;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;

  ServerProcess(Path folder, Map<String, String> environment, String... settings) {
    data = folder.resolve("data");
    out = folder.resolve("stdout.txt");
    err = folder.resolve("stderr.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.anvil.app.Main",
                "server",
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:0",
                "--management",
                "127.0.0.1:0",
                "--set",
                "PARTITIONS=2"));
    Stream.of(settings).forEach(s -> command.addAll(List.of("--set", s)));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    try {
      process = builder.start();
      String ready = ready();
      open = URI.create(ready.replaceAll(".*public=(\\S+).*", "$1"));
      management = URI.create(ready.replaceAll(".*management=(\\S+).*", "$1"));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String ready() throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      String said = Files.readString(out);
      if (said.contains("ready ") && said.contains("\n")) {
        return said.lines().filter(l -> l.startsWith("ready ")).findFirst().orElseThrow();
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly();
    throw new AssertionError("not ready: " + Files.readString(err));
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode admin(String credential, String method, String path, String body) {
    HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(management + path))
                .header("Authorization", "Bearer " + credential)
                .header("Content-Type", "application/json")
                .method(method, content)
                .build());
    if (answer.statusCode() >= 300) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    try {
      return Deployment.JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends it in good order; its files stay. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("it does not stop");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }
}
