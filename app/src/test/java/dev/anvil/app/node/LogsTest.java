package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.anvil.ports.testkit.Waiting;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The three log streams of a running node, and how a request is found again in them. */
class LogsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir private Path folder;
  private LocalNode local;
  private String token;

  @BeforeEach
  void start() {
    local = new LocalNode(folder, "SLOW_REQUEST_MS=3600000");
    token = local.token("acme", "*|*");
  }

  @AfterEach
  void stop() {
    local.close();
  }

  private HttpResponse<String> call(String method, String path, Map<String, String> headers) {
    return local.send(local.node().publicUrl(), method, path, null, headers);
  }

  private List<JsonNode> found(String query) {
    List<JsonNode> lines = new ArrayList<>();
    HttpResponse<String> answer = local.admin("GET", "/v1/admin/logs?" + query, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    LocalNode.json(answer).path("lines").forEach(lines::add);
    return lines;
  }

  private List<JsonNode> awaited(String query, int lines) {
    Waiting.until(lines + " lines of " + query, () -> found(query).size() >= lines);
    return found(query);
  }

  @Test
  void aRequestIsFoundByItsIdAndItsTrace() {
    HttpResponse<String> answer =
        call(
            "GET",
            "/v1/buckets",
            Map.of(
                "Authorization", "Bearer " + token,
                "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01",
                "X-Request-Id", "mine-7"));
    JsonNode line = awaited("requestId=" + LocalNode.requestId(answer), 1).getFirst();
    assertThat(line.path("stream").asText()).isEqualTo("access");
    JsonNode entry = line.path("entry");
    assertThat(entry.path("traceId").asText()).isEqualTo(TRACE);
    assertThat(entry.path("operation").asText()).isEqualTo("listBuckets");
    assertThat(entry.path("method").asText()).isEqualTo("GET");
    assertThat(entry.path("status").asInt()).isEqualTo(200);
    assertThat(entry.path("caller").asText()).contains(local.clientId());
    assertThat(entry.path("clientRequestId").asText()).isEqualTo("mine-7");
    assertThat(entry.path("milliseconds").asDouble()).isPositive();
    assertThat(entry.has("slow")).isFalse();
    assertThat(awaited("traceId=" + TRACE, 1)).contains(line);
  }

  @Test
  void aRequestWithoutATraceGetsOneOfItsOwnAndMalformedOnesDoNotCount() {
    Set<String> traces = new HashSet<>();
    List<String> sent = List.of("", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01", "nonsense");
    for (String parent : sent) {
      Map<String, String> headers = parent.isEmpty() ? Map.of() : Map.of("traceparent", parent);
      String id = LocalNode.requestId(call("GET", "/v1/health/ready", headers));
      String trace =
          awaited("requestId=" + id, 1).getFirst().path("entry").path("traceId").asText();
      assertThat(trace).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
      traces.add(trace);
    }
    assertThat(traces).hasSameSizeAs(sent);
  }

  @Test
  void whatIsDeniedAndWhatAdministersIsInTheAuditLog() {
    HttpResponse<String> denied = call("GET", "/v1/buckets", Map.of("Authorization", "Bearer no"));
    assertThat(denied.statusCode()).isEqualTo(401);
    List<JsonNode> lines = awaited("requestId=" + LocalNode.requestId(denied), 2);
    assertThat(lines).extracting(l -> l.path("stream").asText()).containsExactly("access", "audit");
    assertThat(lines.get(1).path("entry").path("outcome").asText()).isEqualTo("denied");
    HttpResponse<String> made = local.admin("POST", "/v1/admin/tenants", "{\"name\":\"two\"}");
    JsonNode audit = awaited("requestId=" + LocalNode.requestId(made), 2).get(1).path("entry");
    assertThat(audit.path("operation").asText()).isEqualTo("createTenant");
    assertThat(audit.path("outcome").asText()).isEqualTo("done");
  }

  @Test
  void lookingIsForAdministratorsAndBounded() {
    String path = "/v1/admin/logs?requestId=x";
    assertThat(local.send(local.node().managementUrl(), "GET", path, null, Map.of()).statusCode())
        .isEqualTo(401);
    for (String bad : List.of("", "?requestId=", "?requestId=a&traceId=b", "?requestId=%22")) {
      assertThat(local.admin("GET", "/v1/admin/logs" + bad, null).statusCode())
          .as(bad)
          .isEqualTo(400);
    }
    assertThat(found("requestId=nobodys")).isEmpty();
  }

  @Test
  void everyLineIsOneObjectWhateverIsLogged() throws IOException {
    MDC.put("requestId", "of-the-test");
    LoggerFactory.getLogger("anvil.test")
        .error("two\nlines \u001b[31m \" and \u0000", new IllegalStateException("first\nsecond"));
    MDC.clear();
    List<JsonNode> lines = awaited("requestId=of-the-test", 1);
    assertThat(lines.getFirst().path("entry").path("error").asText())
        .isEqualTo("java.lang.IllegalStateException");
    for (String stream : List.of("access", "anvil", "audit")) {
      for (String line : Files.readAllLines(folder.resolve("logs").resolve(stream + ".log"))) {
        JsonNode entry = JSON.readTree(line);
        assertThat(entry.path("time").asText()).isNotBlank();
        assertThat(entry.path("level").asText()).isIn("INFO", "WARN", "ERROR", "DEBUG");
        assertThat(line).doesNotContainPattern("\\p{Cntrl}");
      }
    }
  }
}
