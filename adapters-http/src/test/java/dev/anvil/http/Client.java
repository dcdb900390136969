package dev.anvil.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.settings.HttpLimits;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A whole node and an application that calls it. */
final class Client implements AutoCloseable {
  /** What came back. */
  record Answer(int status, String body) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  final RealNode node = new RealNode();
  final Running running;
  String clientId;
  private String token;
  private String[] headers = {};

  Client() throws Exception {
    this(HttpLimits.standard());
  }

  Client(HttpLimits limits) throws Exception {
    running = new Running(limits, node.useCases);
  }

  /** A tenant with one application, which calls from now on. */
  void application(String tenant, String scope) throws Exception {
    admin("/v1/admin/tenants", "{\"name\":\"" + tenant + "\"}");
    another(tenant, "app", scope);
  }

  /** One more application of the tenant, which calls from now on; returns its token. */
  String another(String tenant, String name, String... scopes) throws Exception {
    JsonNode app =
        admin(
            "/v1/admin/tenants/" + tenant + "/applications",
            JSON.writeValueAsString(Map.of("name", name, "grants", scopes)));
    clientId = app.get("clientId").asText();
    String password = clientId + ":" + app.get("clientSecret").asText();
    String basic = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(running.open("/v1/oauth/token"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    HttpResponse<String> answer =
        running.client.send(request, HttpResponse.BodyHandlers.ofString());
    token = JSON.readTree(answer.body()).get("access_token").asText();
    return token;
  }

  /** Calls with this token from now on. */
  void as(String other) {
    token = other;
  }

  String token() {
    return token;
  }

  /** Sends these headers from now on; names and values in turn. */
  void with(String... more) {
    headers = more;
  }

  JsonNode admin(String path, String body) throws Exception {
    Answer answer = send(running.management(path), "POST", body, node.admin.text());
    if (answer.status() >= 300) {
      throw new AssertionError(answer.toString());
    }
    return JSON.readTree(answer.body());
  }

  JsonNode adminGet(String path) throws Exception {
    Answer answer = send(running.management(path), "GET", null, node.admin.text());
    if (answer.status() >= 300) {
      throw new AssertionError(answer.toString());
    }
    return JSON.readTree(answer.body());
  }

  private Answer send(URI uri, String method, String body, String bearer) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0 && !uri.getPath().startsWith("/v1/admin")) {
      request.headers(headers);
    }
    HttpResponse<String> answer =
        running.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  Answer call(String method, String path, String body) throws Exception {
    return send(running.open(path), method, body, token);
  }

  Answer get(String path) throws Exception {
    return call("GET", path, null);
  }

  Answer put(String path, String body) throws Exception {
    return call("PUT", path, body);
  }

  Answer post(String path, String body) throws Exception {
    return call("POST", path, body);
  }

  @Override
  public void close() {
    running.close();
    node.close();
  }
}
