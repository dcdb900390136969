package dev.anvil.app.callers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.app.node.Node;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.codec.JwtTokens;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.TokenKey;
import dev.anvil.ports.identity.TokenClaims;
import dev.anvil.ports.storage.Backend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A node with its secrets known, and what is needed to ask it anything. */
final class Deployment implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static final String JWT_SECRET = "jwt-0123456789abcdefghijklmnopqrstuvwxyz";
  static final String SEALING_KEY = "seal-0123456789abcdefghijklmnopqrstuvwxyz";
  static final String ADMIN = "anvil-admin-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

  final Node node;
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path logs;

  /** With all its secrets from settings. */
  Deployment(Backend backend, String storagePath, String... settings) {
    this(true, backend, storagePath, settings);
  }

  Deployment(boolean secretsSet, Backend backend, String storagePath, String... settings) {
    SettingsSources sources =
        new SettingsSources()
            .set("STORAGE_PATH", storagePath, "test")
            .set("PARTITIONS", "3", "test")
            .set("API_LISTEN_ADDR", "127.0.0.1:0", "test")
            .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "test");
    if (secretsSet) {
      sources
          .set("ANVIL_SECRET_ENCRYPTION_KEY", SEALING_KEY, "test")
          .set("JWT_SECRET", JWT_SECRET, "test")
          .set("ANVIL_ADMIN_CREDENTIAL", ADMIN, "test");
    }
    Stream.of(settings).forEach(sources::assignment);
    logs = Path.of(storagePath, "logs");
    node = Node.start(Settings.of(sources), backend);
  }

  /** Lines of the access log; a search writes those that wait for others. */
  List<String> accessLog() {
    admin("GET", "/v1/admin/logs?requestId=none", null);
    try {
      return Files.readAllLines(logs.resolve("access.log"));
    } catch (IOException e) {
      throw new AssertionError("the access log cannot be read", e);
    }
  }

  /** An application and its secret. */
  record App(String tenant, String clientId, String secret) {}

  /** An answer. */
  record Answer(int status, String body, Map<String, List<String>> headers) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(status + " " + body, e);
      }
    }

    String code() {
      if (body.isEmpty()) {
        return "";
      }
      return body.startsWith("<")
          ? body.replaceAll("(?s).*<Code>(.*?)</Code>.*", "$1")
          : json().path("code").asText();
    }
  }

  Answer send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer.headers().map());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(request.toString(), e);
    }
  }

  Answer send(boolean management, String method, String target, String body, String bearer) {
    URI base = management ? node.managementUrl() : node.publicUrl();
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target));
    request.timeout(PATIENCE);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
      request.header("Content-Type", body.startsWith("{") ? "application/json" : "text/plain");
    }
    if (method.equals("PUT") && target.contains("/manifests/")) {
      request.header("If-None-Match", "*");
    }
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return send(request.build());
  }

  Answer admin(String method, String target, String body) {
    Answer answer = send(true, method, target, body, node.secrets().adminCredential());
    if (answer.status() >= 300) {
      throw new AssertionError(method + " " + target + ": " + answer);
    }
    return answer;
  }

  void tenant(String name) {
    admin("POST", "/v1/admin/tenants", "{\"name\":\"" + name + "\"}");
  }

  App app(String tenant, String name, String... grants) {
    JsonNode made =
        admin(
                "POST",
                "/v1/admin/tenants/" + tenant + "/applications",
                "{\"name\":\"%s\",\"grants\":[\"%s\"]}"
                    .formatted(name, String.join("\",\"", grants)))
            .json();
    return new App(tenant, made.path("clientId").asText(), made.path("clientSecret").asText());
  }

  Answer requestToken(String clientId, String secret, String scope) {
    String form =
        "grant_type=client_credentials"
            + (scope == null ? "" : "&scope=" + scope.replace("|", "%7C").replace("*", "%2A"));
    String basic = clientId + ":" + secret;
    return send(
        HttpRequest.newBuilder(URI.create(node.publicUrl() + "/v1/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  String token(App app) {
    return requestToken(app.clientId(), app.secret(), null).json().path("access_token").asText();
  }

  /** The same token with other words in it, signed with this secret. */
  static String forged(String token, String secret, String scope, Instant expires) {
    TokenClaims c = tokens(JWT_SECRET).verify(token);
    Instant end = expires == null ? c.expiresAt() : expires.truncatedTo(ChronoUnit.SECONDS);
    return tokens(secret)
        .sign(
            new TokenClaims(
                c.issuer(),
                c.audience(),
                c.subject(),
                c.tenant(),
                c.tenantId(),
                scope == null ? c.scope() : scope,
                c.tokenId() + "f",
                c.secretId(),
                c.issuedAt().minusSeconds(7_200),
                c.notBefore().minusSeconds(7_200),
                end));
  }

  private static JwtTokens tokens(String secret) {
    return new JwtTokens(List.of(TokenKey.hs256(KeyMaterial.of("JWT_SECRET", secret))));
  }

  /** Sum of a counter over all labels. */
  long counted(String metric) {
    return send(true, "GET", "/metrics", null, null)
        .body()
        .lines()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() {
    http.close();
    node.close();
  }
}
