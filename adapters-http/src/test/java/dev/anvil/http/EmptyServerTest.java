package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.settings.HttpLimits;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class EmptyServerTest {
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    running = new Running(HttpLimits.standard());
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void healthAnswersOnBothListeners() throws Exception {
    assertThat(running.get(running.management("/healthz")).body()).isEqualTo("ok\n");
    var ready = running.get(running.management("/readyz"));
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("\"persist\"");
    var seen = running.get(running.open("/v1/health/ready"));
    assertThat(seen.body()).isEqualTo("{\"state\":\"ready\",\"ready\":true}");
    running.ready.set(false);
    try {
      assertThat(running.get(running.management("/readyz")).statusCode()).isEqualTo(503);
      assertThat(running.get(running.open("/v1/health/ready")).statusCode()).isEqualTo(503);
      assertThat(running.get(running.open("/v1/health/traffic")).statusCode()).isEqualTo(503);
      assertThat(running.get(running.management("/healthz")).statusCode()).isEqualTo(200);
    } finally {
      running.ready.set(true);
    }
  }

  @Test
  void unknownPathsAndMethodsAreProblemsWithTheRequestId() throws Exception {
    for (String path : new String[] {"/", "/docs", "/v1", "/v1/", "/v1/nothing", "/v1/docs/../x"}) {
      var answer = running.get(running.open(path));
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      String id = answer.headers().firstValue("Anvil-Request-Id").orElseThrow();
      assertThat(answer.body()).contains("\"requestId\":\"" + id + "\"", "\"code\":\"NotFound\"");
    }
    var wrong = running.send(HttpRequest.newBuilder(running.open("/v1/health/ready")).DELETE());
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(wrong.body()).contains("MethodNotAllowed");
  }

  @Test
  void headEqualsGetInAllButTheBody() throws Exception {
    for (String path : new String[] {"/v1/health/ready", "/v1/docs/", "/v1/docs/openapi.json"}) {
      var get = running.get(running.open(path));
      var head =
          running.send(
              HttpRequest.newBuilder(running.open(path))
                  .method("HEAD", HttpRequest.BodyPublishers.noBody()));
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(fields(head)).isEqualTo(fields(get));
    }
  }

  private static Object fields(HttpResponse<String> answer) {
    var map = new java.util.TreeMap<>(answer.headers().map());
    map.remove("date");
    map.remove("anvil-request-id");
    return map;
  }

  @Test
  void bothProtocolsAreSpoken() throws Exception {
    try (HttpClient h2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpRequest request = HttpRequest.newBuilder(running.open("/v1/health/traffic")).build();
      h2.send(request, HttpResponse.BodyHandlers.ofString());
      var second = h2.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(second.statusCode()).isEqualTo(200);
    }
    try (HttpClient h1 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request = HttpRequest.newBuilder(running.open("/v1/health/traffic")).build();
      var answer = h1.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(answer.headers().firstValue("Server")).isEmpty();
      assertThat(answer.headers().firstValue("Content-Length")).contains("30");
    }
  }

  @Test
  void documentsAreServedUnderAPolicy() throws Exception {
    for (String page : new String[] {"", "start.js", "swagger-ui-bundle.js", "swagger-ui.css"}) {
      var answer = running.get(running.open("/v1/docs/" + page));
      assertThat(answer.statusCode()).as(page).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'");
    }
    assertThat(running.get(running.open("/v1/docs")).statusCode()).isEqualTo(308);
    assertThat(running.get(running.open("/v1/docs/..%2f..%2fHttpServer.class")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void metricsAndTheLogHaveTheRequest() throws Exception {
    var answer = running.get(running.open("/v1/health/ready"));
    String id = answer.headers().firstValue("Anvil-Request-Id").orElseThrow();
    assertThat(running.line(id).operation()).isEqualTo("ready");
    var metrics = running.get(running.management("/metrics"));
    assertThat(metrics.body())
        .contains("anvil_http_requests_total{api=\"native\",operation=\"ready\",status=\"2xx\",}");
  }

  @Test
  void managementAnswersUnderItsOwnNameOnly() throws Exception {
    String answer =
        Wire.exchange(
            running.server.managementPort(),
            "GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 421 ").contains("MisdirectedRequest");
    assertThat(
            Wire.exchange(
                running.server.managementPort(),
                "GET /healthz HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void malformedMessagesAreProblemsToo() throws Exception {
    String answer =
        Wire.exchange(
            running.server.publicPort(), "GET / HTTP/1.1\r\nHost: a\r\n bad\u0000\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
    assertThat(answer).contains("\"code\":\"InvalidRequest\"").doesNotContain("org.eclipse");
  }
}
