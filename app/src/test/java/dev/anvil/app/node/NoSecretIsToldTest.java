package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.ports.testkit.Waiting;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Every kind of secret, thrown at every door; then all that the server wrote is searched. */
class NoSecretIsToldTest {
  private static final String KEY = "enc-0123456789-abcdefghij-ABCDEFGHIJ";
  private static final String JWT = "jwt-0123456789-abcdefghij-ABCDEFGHIJ";

  /** Four sets of headers, and the query. */
  private static final int WAYS = 5;

  @TempDir private Path folder;
  private LocalNode local;
  private Level before;
  private final Map<String, String> secrets = new LinkedHashMap<>();

  private static Logger ours() {
    return (Logger) LoggerFactory.getLogger("dev.anvil");
  }

  @BeforeEach
  void start() {
    before = ours().getLevel();
    ours().setLevel(Level.DEBUG);
    local = new LocalNode(folder, "ANVIL_SECRET_ENCRYPTION_KEY=" + KEY, "JWT_SECRET=" + JWT);
    secrets.put("token", local.token("acme", "*|*"));
    secrets.put("client secret", local.clientSecret());
    secrets.put("admin credential", local.adminCredential());
    secrets.put("encryption key", KEY);
    secrets.put("token key", JWT);
    secrets.put("signature", "5ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7");
  }

  @AfterEach
  void stop() {
    local.close();
    ours().setLevel(before);
  }

  /** One of the ways a secret could be sent to an operation, right or wrong. */
  private void throwAt(URI base, String method, String path, String secret, int way) {
    List<Map<String, String>> headers =
        List.of(
            Map.of("Authorization", "Bearer " + secret),
            Map.of("Authorization", "Basic " + secret, "Cookie", "session=" + secret),
            Map.of(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + local.clientId()
                    + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date,"
                    + " Signature="
                    + secret,
                "X-Amz-Date",
                "20260101T000000Z",
                "X-Amz-Security-Token",
                secret),
            Map.of("X-Request-Id", "x " + secret, "traceparent", secret, "User-Agent", secret));
    String body = method.equals("GET") ? null : "{\"name\":\"" + secret + "\",\"x\":\"" + secret;
    if (way % WAYS == headers.size()) {
      String query = "?X-Amz-Signature=" + secret + "&t=" + secret;
      local.send(base, method, path + query, body, Map.of());
      return;
    }
    Map<String, String> all = new LinkedHashMap<>(headers.get(way % WAYS));
    all.put("Content-Type", "application/json");
    local.send(base, method, path, body, all);
  }

  private List<String[]> operations() {
    JsonNode document =
        LocalNode.json(
            local.send(local.node().publicUrl(), "GET", "/v1/docs/openapi.json", null, Map.of()));
    List<String[]> all = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(o ->
                    all.add(
                        new String[] {
                          o.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey()
                        })));
    return all;
  }

  private void rawAndMalformed(String secret) throws IOException {
    for (URI base : List.of(local.node().publicUrl(), local.node().managementUrl())) {
      for (String request :
          List.of(
              secret + " / HTTP/1.1\r\nHost: x\r\n\r\n",
              "GET /" + secret + " HTTP/9.9\r\nHost: x\r\n\r\n",
              "GET / HTTP/1.1\r\nHost: " + secret + "\r\nConnection: close\r\n\r\n",
              "GET /%zz" + secret + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
              "GET / HTTP/1.1\r\nHost: x\r\nbad header " + secret + "\r\n\r\n")) {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
          socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
          socket.setSoTimeout(5_000);
          assertThat(socket.getInputStream().read()).isNotNegative();
        }
      }
    }
  }

  private String written() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    all.append(local.admin("GET", "/metrics", null).body());
    all.append(local.admin("GET", "/readyz", null).body());
    return all.toString();
  }

  @Test
  void nothingOfWhatWasSentIsInTheLogsOrTheMetrics() throws IOException {
    int sent = 0;
    int turn = 0;
    for (String secret : List.copyOf(secrets.values())) {
      turn++;
      for (String[] o : operations()) {
        if (o[1].endsWith("/watch") && secret.equals(secrets.get("token"))) {
          // with a good token its answer has no end
          continue;
        }
        boolean admin = o[1].contains("/admin/") || !o[1].startsWith("/v1/");
        URI base = admin ? local.node().managementUrl() : local.node().publicUrl();
        throwAt(base, o[0], o[1].replaceAll("\\{[^}]+}", secret), secret, sent++ + turn);
      }
      for (int way = 0; way < WAYS; way++) {
        throwAt(local.node().publicUrl(), "GET", "/bucket/" + secret, secret, way);
        throwAt(local.node().publicUrl(), "PUT", "/" + secret + "/key", secret, way);
      }
      String form =
          "grant_type=client_credentials&client_id=" + secret + "&client_secret=" + secret;
      local.send(
          local.node().publicUrl(),
          "POST",
          "/v1/oauth/token",
          form,
          Map.of("Content-Type", "application/x-www-form-urlencoded"));
      rawAndMalformed(secret);
    }
    assertThat(sent).isGreaterThan(100);
    long answered = sent;
    Path access = folder.resolve("logs/access.log");
    Waiting.until("all requests are logged", () -> lines(access) >= answered);
    String told = written();
    assertThat(told).contains("\"operation\":\"putObject\"");
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      String value = secret.getValue();
      String coded =
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(value.getBytes(StandardCharsets.UTF_8));
      assertThat(around(told, value)).as(secret.getKey() + " in what was written").isEmpty();
      assertThat(told.contains(coded)).as(secret.getKey() + " in Base64").isFalse();
      assertThat(told.contains(value.substring(value.length() - 16)))
          .as("the end of " + secret.getKey())
          .isFalse();
    }
  }

  /** What stands before a secret, to find out who told it. */
  private static String around(String told, String secret) {
    int at = told.indexOf(secret);
    return at < 0 ? "" : told.substring(Math.max(0, at - 300), at);
  }

  private static long lines(Path file) {
    try (Stream<String> all = Files.lines(file)) {
      return all.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
