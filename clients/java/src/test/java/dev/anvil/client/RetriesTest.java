package dev.anvil.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.client.http.Content;
import dev.anvil.client.http.ScriptedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is repeated, how often and when. */
@Tag("fast")
class RetriesTest {
  private static final Duration SHORT = Duration.ofMillis(2);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Retries QUICK = new Retries(3, SHORT, SHORT, MINUTE, MINUTE, MINUTE);

  private static final String RECEIPT = "{\"bucket\":\"docs\",\"key\":\"a\",\"version\":\"v1\"}";
  private static final String BUSY = problem(503, "Unavailable", true);

  private ScriptedServer server;
  private AnvilClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    client = client(QUICK);
  }

  private AnvilClient client(Retries retries) {
    URI address = URI.create("http://127.0.0.1:" + server.port());
    return new AnvilClient(address, Credentials.token("t"), retries);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private static String problem(int status, String code, boolean retryable, String... headers) {
    String body =
        "{\"code\":\"%s\",\"detail\":\"why\",\"requestId\":\"r1\",\"retryable\":%s}"
            .formatted(code, retryable);
    String more = Stream.of(headers).map(h -> h + "\r\n").reduce("", String::concat);
    return "HTTP/1.1 %d No\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(status, more, body.length(), body);
  }

  private List<String> keys() {
    return server.requests().stream()
        .map(r -> r.replaceAll("(?s).*Idempotency-Key: (\\S+).*", "$1"))
        .toList();
  }

  @Test
  void repetitionHasTheSameKeyAndTheNextChangeAnother() {
    server.answers(BUSY);
    server.answers(ok(RECEIPT));
    server.answers(ok(RECEIPT));
    client.objects("docs").put("a", Content.of("x"));
    client.objects("docs").put("a", Content.of("x"));
    assertThat(keys()).hasSize(3).allMatch(key -> key.length() == 36);
    assertThat(keys().get(0)).isEqualTo(keys().get(1)).isNotEqualTo(keys().get(2));
  }

  @Test
  void attemptsAreBounded() {
    Stream.of(BUSY, BUSY, BUSY).forEach(server::answers);
    AnvilException e =
        catchThrowableOfType(AnvilException.class, () -> client.buckets().get("docs"));
    assertThat(e.status()).isEqualTo(503);
    assertThat(e.code()).isEqualTo("Unavailable");
    assertThat(e.detail()).isEqualTo("why");
    assertThat(e.requestId()).isEqualTo("r1");
    assertThat(e.retryable()).isTrue();
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void retryAfterIsKeptTo() {
    server.answers(problem(429, "TooManyRequests", true, "Retry-After: 1"));
    server.answers(ok("{\"name\":\"docs\"}"));
    long begin = System.nanoTime();
    assertThat(client.buckets().get("docs").name()).isEqualTo("docs");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void waitThatIsLongerThanAllIsNotBegun() {
    server.answers(problem(429, "TooManyRequests", true, "Retry-After: 3600"));
    assertThatThrownBy(() -> client.buckets().get("docs")).isInstanceOf(AnvilException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whatStaysSoIsNotRepeated() {
    server.answers(problem(404, "BucketNotFound", false));
    server.answers(problem(500, "Internal", false));
    assertThatThrownBy(() -> client.buckets().get("docs")).isInstanceOf(AnvilException.class);
    assertThatThrownBy(() -> client.buckets().get("docs")).isInstanceOf(AnvilException.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void streamIsSentOnce() {
    server.answers(BUSY);
    Content once = Content.of(new ByteArrayInputStream(new byte[] {1}), 1);
    assertThatThrownBy(() -> client.objects("docs").put("a", once))
        .isInstanceOf(AnvilException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void answerThatBreaksOffIsAskedForAgain() {
    server.answersAndEnds("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"name\"");
    server.answers(ok("{\"name\":\"docs\"}"));
    assertThat(client.buckets().get("docs").name()).isEqualTo("docs");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void changeOnAConnectionThatEndsWithoutAWordIsRepeatedUnderItsKey() {
    server.answersAndEnds("");
    server.answers(ok(RECEIPT));
    assertThat(client.objects("docs").put("a", Content.of("x")).version()).isEqualTo("v1");
    assertThat(server.connections()).isEqualTo(2);
    assertThat(keys()).hasSize(2);
    assertThat(keys().get(0)).hasSize(36).isEqualTo(keys().get(1));
  }

  @Test
  void answerOfSomethingElseIsNoAnswer() {
    server.answers("HTTP/1.1 200 OK\r\nLast-Modified: yesterday\r\nContent-Length: 1\r\n\r\nx");
    server.answers(ok("{\"name\":\"docs\",\"createdAt\":\"yesterday\"}"));
    assertThatThrownBy(() -> client.objects("docs").get("a").close())
        .isInstanceOf(AnvilException.class)
        .hasMessageContaining("yesterday");
    assertThatThrownBy(() -> client.buckets().get("docs"))
        .isInstanceOf(AnvilException.class)
        .hasMessageContaining("yesterday");
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void silenceEndsAnAttempt() {
    Retries impatient = new Retries(1, SHORT, SHORT, MINUTE, Duration.ofMillis(100), MINUTE);
    // a sign of life, and then nothing on a connection that stays
    server.answers("HTTP/1.1 100 Continue\r\n\r\n");
    try (AnvilClient quick = client(impatient)) {
      assertThatThrownBy(() -> quick.buckets().get("docs"))
          .isInstanceOfSatisfying(AnvilException.class, e -> assertThat(e.retryable()).isTrue())
          .hasMessageContaining("timed out");
    }
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    Retries r =
        new Retries(5, Duration.ofMillis(200), Duration.ofSeconds(1), MINUTE, MINUTE, MINUTE);
    assertThat(Stream.of(1, 2, 3, 4, 60).map(r::pause).map(Duration::toMillis))
        .containsExactly(200L, 400L, 800L, 1_000L, 1_000L);
    assertThatThrownBy(() -> new Retries(0, SHORT, SHORT, MINUTE, MINUTE, MINUTE))
        .hasMessageContaining("attempts 0");
    assertThatThrownBy(() -> new Retries(1, Duration.ZERO, SHORT, MINUTE, MINUTE, MINUTE))
        .hasMessageContaining("firstPause");
  }

  @Test
  void aClosedClientCallsNoMore() {
    client.close();
    assertThatThrownBy(() -> client.buckets().get("docs"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the client is closed");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void errorsAreOfTheKindThatAProgramCanDealWith() {
    List.of(
            java.util.Map.entry(401, AnvilException.Denied.class),
            java.util.Map.entry(403, AnvilException.Denied.class),
            java.util.Map.entry(404, AnvilException.NotFound.class),
            java.util.Map.entry(409, AnvilException.Conflict.class),
            java.util.Map.entry(412, AnvilException.Conflict.class),
            java.util.Map.entry(400, AnvilException.Failed.class),
            java.util.Map.entry(500, AnvilException.Failed.class))
        .forEach(e -> {
          server.answers(problem(e.getKey(), "Code", false));
          if (e.getKey() == 401) {
            // another token is tried once
            server.answers(problem(e.getKey(), "Code", false));
          }
          assertThatThrownBy(() -> client.buckets().get("docs")).isInstanceOf(e.getValue());
        });
  }

  @Test
  void theServerIsToldWhoCalls() {
    URI address = URI.create("http://127.0.0.1:" + server.port());
    server.answers(ok("{}"));
    try (AnvilClient named =
        AnvilClient.builder(address, Credentials.none()).userAgent("reports/2").build()) {
      named.buckets().get("docs");
    }
    assertThat(server.requests().getFirst())
        .contains("User-Agent: reports/2")
        .doesNotContain("Authorization");
  }
}
