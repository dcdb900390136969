package dev.anvil.app.callers;

import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the native API but reads, with each precondition that its document does not
 * name: made against what the caller demands it would be worse than refused.
 */
class PreconditionsTest {
  private static final List<String> ALL =
      List.of("If-Match", "If-None-Match", "If-Unmodified-Since", "Anvil-If-Version");
  private static final String UPLOAD = "0123456789abcdef0123456789abcdef";

  private Deployment node;
  private Deployment.App app;
  private String token;

  @BeforeEach
  void start() {
    node = new Deployment(new MemoryBackend(new MemoryDisk()), "/memory");
    node.tenant("acme");
    app = node.app("acme", "app", "*|*");
    token = node.token(app);
    node.send(false, "PUT", "/v1/buckets/bbb", "{}", token);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static boolean changes(NativeOperations.Operation o) {
    return !o.open() && !Set.of("GET", "HEAD").contains(o.method());
  }

  private Deployment.Answer ask(NativeOperations.Operation o, String header) {
    String body = o.body("bbb", "k", app.clientId());
    URI base = o.management() ? node.node.managementUrl() : node.node.publicUrl();
    String bearer = o.management() ? node.node.secrets().adminCredential() : token;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + o.target("bbb", "k", UPLOAD)))
            .method(
                o.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + bearer)
            .header(
                "Content-Type",
                o.id().equals("patchObject") ? "application/merge-patch+json" : "application/json")
            .header(header, "\"1\"");
    return node.send(request.build());
  }

  @Test
  void whatAChangeDoesNotKnowItRefuses() {
    SoftAssertions softly = new SoftAssertions();
    int asked = 0;
    for (NativeOperations.Operation o :
        NativeOperations.all(node.send(false, "GET", "/v1/docs/openapi.json", null, null).json())) {
      for (String header : ALL) {
        if (changes(o) && !o.headers().contains(header)) {
          asked++;
          Deployment.Answer answer = ask(o, header);
          softly
              .assertThat(answer.status() + " " + answer.code())
              .as(o.id() + " with " + header)
              .isEqualTo("400 InvalidArgument");
        }
      }
    }
    softly.assertThat(asked).as("asked").isGreaterThan(100);
    softly.assertAll();
  }
}
