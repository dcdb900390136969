package dev.anvil.app.callers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.AnvilClient;
import dev.anvil.client.BucketObjects;
import dev.anvil.client.Credentials;
import dev.anvil.client.Watch;
import dev.anvil.client.WatchOptions;
import dev.anvil.client.http.Content;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch of the Java client outlives the server process that it began at. */
class JavaClientRestartTest {
  private static final int BEFORE = 20;
  private static final int ALL = 40;
  private static final Map<String, String> SECRETS =
      Map.of(
          "ANVIL_SECRET_ENCRYPTION_KEY", Deployment.SEALING_KEY,
          "JWT_SECRET", Deployment.JWT_SECRET,
          "ANVIL_ADMIN_CREDENTIAL", Deployment.ADMIN);

  @TempDir private Path folder;

  @Test
  void killedServerLosesAndDoublesNothing() {
    List<String> seen = new ArrayList<>();
    ServerProcess server = new ServerProcess(folder, SECRETS);
    try (Relay relay = new Relay(server.open);
        AnvilClient client = new AnvilClient(relay.address(), credentials(server))) {
      client.buckets().create("docs");
      BucketObjects docs = client.objects("docs");
      try (Watch watch = client.watch("docs", "", WatchOptions.FROM_NOW.kinds("object.put"))) {
        IntStream.range(0, BEFORE).forEach(i -> docs.put(name(i), Content.of("x")));
        // half are read before the kill, the others are still on their way or in the journal
        while (seen.size() < BEFORE / 2) {
          seen.add(watch.next().key());
        }
        server.close();
        server = new ServerProcess(folder, SECRETS);
        relay.to(server.open);
        IntStream.range(BEFORE, ALL).forEach(i -> docs.put(name(i), Content.of("x")));
        while (seen.size() < ALL) {
          seen.add(watch.next().key());
        }
        // one that came late would be seen before this
        docs.put("last", Content.of("x"));
        assertThat(watch.next().key()).isEqualTo("last");
      }
    } finally {
      server.close();
    }
    assertThat(seen).isEqualTo(IntStream.range(0, ALL).mapToObj(i -> name(i)).toList());
  }

  private static String name(int i) {
    return "k%03d".formatted(i);
  }

  private static Credentials credentials(ServerProcess server) {
    server.admin(Deployment.ADMIN, "POST", "/v1/admin/tenants", "{\"name\":\"acme\"}");
    JsonNode app =
        server.admin(
            Deployment.ADMIN,
            "POST",
            "/v1/admin/tenants/acme/applications",
            "{\"name\":\"app\",\"grants\":[\"*|*\"]}");
    return Credentials.application(
        app.path("clientId").asText(), app.path("clientSecret").asText());
  }
}
