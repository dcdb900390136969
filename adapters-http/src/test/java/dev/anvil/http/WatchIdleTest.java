package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anvil.http.settings.HttpLimits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Heartbeats keep a quiet stream open for longer than silence would be suffered. */
class WatchIdleTest {
  private static final int BEATS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aQuietStreamOutlivesTheIdleTime(HttpClient.Version version) throws Exception {
    HttpLimits limits =
        HttpLimits.standard()
            .withWaits(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(2));
    try (RealNode node = new RealNode();
        Running running = new Running(limits, node.useCases)) {
      String token = token(node, running);
      try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
        var request =
            HttpRequest.newBuilder(running.open("/v1/watch?heartbeat=1"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/x-ndjson")
                .build();
        var answer = client.send(request, BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
          for (int i = 0; i < BEATS; i++) {
            assertThat(lines.readLine()).as("heartbeat %d", i).contains("\"heartbeat\"");
          }
        }
        client.shutdownNow();
      }
    }
  }

  private static String token(RealNode node, Running running) throws Exception {
    admin(node, running, "/v1/admin/tenants", "{\"name\":\"acme\"}");
    String body = "{\"name\":\"app\",\"grants\":[\"*|*\"]}";
    JsonNode app = admin(node, running, "/v1/admin/tenants/acme/applications", body);
    String form =
        "grant_type=client_credentials&client_id="
            + app.path("clientId").asText()
            + "&client_secret="
            + app.path("clientSecret").asText();
    var request =
        HttpRequest.newBuilder(running.open("/v1/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    return JSON.readTree(running.send(request).body()).path("access_token").asText();
  }

  private static JsonNode admin(RealNode node, Running running, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(running.management(path))
            .header("Authorization", "Bearer " + node.admin.text())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return JSON.readTree(running.send(request).body());
  }
}
