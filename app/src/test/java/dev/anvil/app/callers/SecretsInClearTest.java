package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.app.callers.SignedRequests.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of secret at every door; then everything that the server wrote is read. */
class SecretsInClearTest {
  private static final String SSE_KEY = "c3NlLWMta2V5LXRoYXQtbm9ib2R5LW1heS1zZWUhISE=";

  @TempDir private Path folder;

  private final Map<String, String> secrets = new LinkedHashMap<>();

  @Test
  void noSecretIsInClearOutsideItsFolder() throws IOException {
    try (ServerProcess server = new ServerProcess(folder, Map.of())) {
      Path files = server.data.resolve("secrets");
      String admin = Files.readString(files.resolve("admin-credential")).strip();
      secrets.put("first admin credential", admin);
      secrets.put("sealing key", Files.readString(files.resolve("encryption-key")).strip());
      secrets.put("token key", Files.readString(files.resolve("jwt-secret")).strip());
      server.admin(admin, "POST", "/v1/admin/tenants", "{\"name\":\"acme\"}");
      JsonNode app =
          server.admin(
              admin,
              "POST",
              "/v1/admin/tenants/acme/applications",
              "{\"name\":\"app\",\"grants\":[\"*|*\"]}");
      String id = app.path("clientId").asText();
      String secret = app.path("clientSecret").asText();
      secrets.put("client secret", secret);
      throwThemAll(server, id, secret);
      for (String kind : List.of("sealing", "token")) {
        server.admin(admin, "POST", "/v1/admin/keys:rotate", "{\"kind\":\"" + kind + "\"}");
      }
      String next =
          server
              .admin(admin, "POST", "/v1/admin/credential:rotate", "{}")
              .path("credential")
              .asText();
      secrets.put("second admin credential", next);
      String second =
          server
              .admin(next, "POST", "/v1/admin/tenants/acme/applications/" + id + ":rotate", "{}")
              .path("clientSecret")
              .asText();
      secrets.put("second client secret", second);
      assertThat(Files.readString(files.resolve("admin-credential")).strip()).isEqualTo(next);
      server.stop();
      assertThat(Files.readString(server.data.resolve("logs/access.log")))
          .as("the requests were logged")
          .contains("getObject")
          .contains(id);
      assertNothingIn(server, files);
      assertThat(Files.getPosixFilePermissions(files)).hasSize(3);
      try (Stream<Path> each = Files.list(files)) {
        assertThat(each).allSatisfy(f -> assertThat(Files.getPosixFilePermissions(f)).hasSize(2));
      }
    }
  }

  private void throwThemAll(ServerProcess server, String id, String secret) {
    String basic =
        Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    secrets.put("basic authentication", basic);
    String form = "grant_type=client_credentials";
    String token = token(server, basic, form);
    secrets.put("token", token);
    secrets.put("signature of the token", token.substring(token.lastIndexOf('.') + 1));
    ask(server, "PUT", "/v1/buckets/docs", "Bearer " + token, null);
    ask(server, "PUT", "/v1/buckets/docs/objects/a.txt", "Bearer " + token, "content");
    ask(server, "GET", "/v1/buckets/docs/objects/a.txt", "Bearer " + token, null);
    guess(server, "guessed-secret-0123456789-0123456789-01234");
    String broken = token.substring(0, token.length() - 4) + "AAAA";
    secrets.put("broken token", broken);
    List<String> paths =
        List.of(
            "/v1/buckets",
            "/v1/buckets?access_token=" + token,
            "/v1/buckets/" + secret,
            "/v1/nothing/" + secret + "?secret=" + secret,
            "/docs/a.txt?X-Amz-Security-Token=" + secret,
            "/%zz" + secret);
    for (String path : paths) {
      for (String header : List.of("Bearer " + token, "Bearer " + broken, "Basic " + basic)) {
        raw(server, path, header);
      }
    }
    ask(server, "POST", "/v1/grants", "Bearer " + token, "{\"secret\":\"" + secret + "\"}");
    ask(server, "POST", "/v1/grants", "Bearer " + token, "{\"scope\":\"" + secret + "\"");
    signed(server, id, secret);
  }

  /** A secret that is wrong for one server may be right for another. */
  private void guess(ServerProcess server, String guess) {
    secrets.put("guessed secret", guess);
    String pair =
        Base64.getEncoder().encodeToString(("nobody:" + guess).getBytes(StandardCharsets.UTF_8));
    secrets.put("guessed pair", pair);
    post(server, "Basic " + pair, "grant_type=client_credentials");
    post(server, null, "grant_type=client_credentials&client_id=a&client_secret=" + guess);
    post(server, null, "grant_type=password&password=" + guess);
    post(server, null, "client_secret=%zz" + guess);
    post(server, "Bearer " + guess, "grant_type=client_credentials&scope=" + guess);
  }

  private void signed(ServerProcess server, String id, String secret) {
    for (Signer signer :
        List.of(
            new Signer(id, secret, Instant.now()),
            new Signer(id, "x" + secret, Instant.now()),
            new Signer(id, secret, Instant.now().minusSeconds(7_200)))) {
      HttpRequest request =
          SignedRequests.request(
              server.open,
              "PUT",
              "/docs/b.txt",
              Map.of(),
              Map.of(
                  "x-amz-server-side-encryption-customer-algorithm",
                  "AES256",
                  "x-amz-server-side-encryption-customer-key",
                  SSE_KEY),
              "content".getBytes(StandardCharsets.UTF_8),
              signer);
      String header = request.headers().firstValue("Authorization").orElseThrow();
      secrets.put("signature " + secrets.size(), header.replaceAll(".*Signature=", ""));
      server.send(request);
      server.send(SignedRequests.request(server.open, "GET", "/docs/a.txt", Map.of(), signer));
    }
    secrets.put("customer's key", SSE_KEY);
  }

  private static String token(ServerProcess server, String basic, String form) {
    try {
      return Deployment.JSON
          .readTree(post(server, "Basic " + basic, form))
          .path("access_token")
          .asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String post(ServerProcess server, String authorization, String form) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.open + "/v1/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return server.send(request.build()).body();
  }

  private static void ask(
      ServerProcess server, String method, String path, String authorization, String body) {
    HttpRequest.BodyPublisher content =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.open + path))
            .header("Authorization", authorization)
            .method(method, content);
    if (body != null && body.startsWith("{")) {
      request.header("Content-Type", "application/json");
    }
    server.send(request.build());
  }

  /** What no client library would send. */
  private static void raw(ServerProcess server, String path, String authorization) {
    for (URI listener : List.of(server.open, server.management)) {
      try (var socket = new java.net.Socket(listener.getHost(), listener.getPort())) {
        socket.setSoTimeout(20_000);
        String head =
            "GET "
                + path
                + " HTTP/1.1\r\nHost: "
                + listener.getAuthority()
                + "\r\nAuthorization: "
                + authorization
                + "\r\nX-Secret: "
                + authorization
                + "\r\nCookie: session="
                + authorization
                + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        throw new AssertionError(path, e);
      }
    }
  }

  private void assertNothingIn(ServerProcess server, Path except) throws IOException {
    List<Path> written = new ArrayList<>(List.of(server.out, server.err));
    try (Stream<Path> files = Files.walk(server.data)) {
      files.filter(Files::isRegularFile).filter(f -> !f.startsWith(except)).forEach(written::add);
    }
    assertThat(written).hasSizeGreaterThan(8);
    List<String> found = new ArrayList<>();
    for (Path file : written) {
      String content = Files.readString(file, StandardCharsets.ISO_8859_1);
      secrets.forEach((what, text) -> {
        assertThat(text).as(what).hasSizeGreaterThan(20);
        if (content.contains(text)) {
          found.add(what + " in " + server.data.relativize(file));
        }
      });
    }
    assertThat(found).isEmpty();
  }

  @Test
  void withSecretsFromTheEnvironmentThereIsNoFolder() throws IOException {
    Map<String, String> environment =
        Map.of(
            "ANVIL_SECRET_ENCRYPTION_KEY", Deployment.SEALING_KEY,
            "JWT_SECRET", Deployment.JWT_SECRET,
            "ANVIL_ADMIN_CREDENTIAL", Deployment.ADMIN);
    secrets.putAll(environment);
    try (ServerProcess server = new ServerProcess(folder, environment)) {
      server.admin(Deployment.ADMIN, "POST", "/v1/admin/tenants", "{\"name\":\"acme\"}");
      secrets.put(
          "client secret",
          server
              .admin(
                  Deployment.ADMIN,
                  "POST",
                  "/v1/admin/tenants/acme/applications",
                  "{\"name\":\"app\"}")
              .path("clientSecret")
              .asText());
      server.stop();
      assertThat(server.data.resolve("secrets")).doesNotExist();
      assertNothingIn(server, server.data.resolve("secrets"));
    }
  }
}
