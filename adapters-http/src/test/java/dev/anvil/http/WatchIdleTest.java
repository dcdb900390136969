package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.settings.HttpLimits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Heartbeats keep a quiet stream open for longer than silence would be suffered. */
class WatchIdleTest {
  private static final int BEATS = 4;

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aQuietStreamOutlivesTheIdleTime(HttpClient.Version version) throws Exception {
    HttpLimits limits =
        HttpLimits.standard()
            .withWaits(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(2));
    try (Client node = new Client(limits)) {
      node.application("acme", "*|*");
      try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
        var request =
            HttpRequest.newBuilder(node.running.open("/v1/watch?heartbeat=1"))
                .header("Authorization", "Bearer " + node.token())
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
}
