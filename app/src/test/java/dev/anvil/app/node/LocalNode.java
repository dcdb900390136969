package dev.anvil.app.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.ports.testkit.MemoryBackend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A node on memory with a tenant and an application, and a caller of it. */
final class LocalNode implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Node node;
  private String clientId;
  private String clientSecret;

  LocalNode(Path folder, String... more) {
    SettingsSources sources =
        new SettingsSources()
            .set("STORAGE_PATH", folder.toString(), "test")
            .set("PARTITIONS", "2", "test")
            .set("API_LISTEN_ADDR", "127.0.0.1:0", "test")
            .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "test");
    for (String one : more) {
      sources.assignment(one);
    }
    node = Node.start(Settings.of(sources), new MemoryBackend());
  }

  Node node() {
    return node;
  }

  String clientId() {
    return clientId;
  }

  String clientSecret() {
    return clientSecret;
  }

  String adminCredential() {
    return node.secrets().adminCredential();
  }

  /** Makes a tenant and an application with these grants, and returns a token of it. */
  String token(String tenant, String grants) {
    admin("POST", "/v1/admin/tenants", "{\"name\":\"" + tenant + "\"}");
    JsonNode app =
        json(
            admin(
                "POST",
                "/v1/admin/tenants/" + tenant + "/applications",
                "{\"name\":\"app\",\"grants\":[\"" + grants + "\"]}"));
    clientId = app.path("clientId").asText();
    clientSecret = app.path("clientSecret").asText();
    HttpResponse<String> answer =
        send(
            node.publicUrl(),
            "POST",
            "/v1/oauth/token",
            "grant_type=client_credentials&client_id="
                + clientId
                + "&client_secret="
                + clientSecret,
            Map.of("Content-Type", "application/x-www-form-urlencoded"));
    return json(answer).path("access_token").asText();
  }

  HttpResponse<String> admin(String method, String path, String body) {
    return send(
        node.managementUrl(),
        method,
        path,
        body,
        Map.of("Authorization", "Bearer " + adminCredential(), "Content-Type", "application/json"));
  }

  HttpResponse<String> send(
      URI base, String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer to " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + answer.body(), e);
    }
  }

  static String requestId(HttpResponse<?> answer) {
    return answer.headers().firstValue("Anvil-Request-Id").orElseThrow();
  }

  @Override
  public void close() {
    node.close();
    http.shutdownNow();
    http.close();
  }
}
