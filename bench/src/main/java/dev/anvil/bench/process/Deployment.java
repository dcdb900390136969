package dev.anvil.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An application of one tenant with every right, made through the admin API; its credentials
 * outlive restarts of the server.
 *
 * @param clientId of the application
 * @param clientSecret shown once
 */
public record Deployment(String clientId, String clientSecret) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String ADMIN_CREDENTIAL = "secrets/admin-credential";

  /** Creates a tenant and an application with every right. */
  public static Deployment create(ServerProcess server, String tenant) throws IOException {
    return create(server.managementUrl(), server.data(), tenant);
  }

  private static Deployment create(URI management, Path data, String tenant) throws IOException {
    String credential = Files.readString(data.resolve(ADMIN_CREDENTIAL)).strip();
    try (RawHttp http = new RawHttp(management, BOUND)) {
      call(http, credential, "/v1/admin/tenants", "{\"name\":\"" + tenant + "\"}");
      JsonNode made =
          call(
              http,
              credential,
              "/v1/admin/tenants/" + tenant + "/applications",
              "{\"name\":\"bench\",\"grants\":[\"*|*\"]}");
      return new Deployment(made.path("clientId").asText(), made.path("clientSecret").asText());
    }
  }

  private static JsonNode call(RawHttp http, String credential, String path, String json)
      throws IOException {
    Answer answer =
        http.send(
            Request.of("POST", path)
                .header("Authorization", "Bearer " + credential)
                .header("Content-Type", "application/json")
                .with(json));
    if (!answer.ok()) {
      throw new IOException("POST " + path + " was answered " + answer);
    }
    return JSON.readTree(answer.body());
  }

  /** A fresh access token. */
  public String token(URI publicUrl) throws IOException {
    String form =
        "grant_type=client_credentials&client_id="
            + URLEncoder.encode(clientId, StandardCharsets.UTF_8)
            + "&client_secret="
            + URLEncoder.encode(clientSecret, StandardCharsets.UTF_8);
    try (RawHttp http = new RawHttp(publicUrl, BOUND)) {
      Answer answer =
          http.send(
              Request.of("POST", "/v1/oauth/token")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .with(form));
      if (!answer.ok()) {
        throw new IOException("POST /v1/oauth/token was answered " + answer);
      }
      return JSON.readTree(answer.body()).path("access_token").asText();
    }
  }

  @Override
  public String toString() {
    return "Deployment[" + clientId + "]";
  }
}
