package dev.anvil.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The client against a server that answers what a test says, byte by byte. */
@Tag("fast")
class AnvilHttpTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private ScriptedServer server;
  private AnvilHttp http;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    http =
        new AnvilHttp(URI.create("http://127.0.0.1:" + server.port() + "/base"), () -> "Bearer x");
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
  }

  private String text(Reply reply) throws IOException {
    try (InputStream in = reply.body()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void oneConnectionCarriesOneRequestAfterTheOther() throws IOException {
    server.answers(OK + "Content-Length: 3\r\nX-Two: a\r\nx-two: b\r\n\r\nabc");
    server.answers(
        "HTTP/1.1 100 Continue\r\n\r\n"
            + OK
            + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nde\r\n1\r\nf\r\n0\r\nTrailer: t\r\n\r\n");
    server.answers("HTTP/1.1 204 No Content\r\n\r\n");
    server.answers(OK + "Content-Length: 2\r\n\r\n{}");
    Reply first = http.download("/a?b=c", Map.of("Range", "bytes=0-2"));
    assertThat(first.header("X-TWO")).contains("a, b");
    assertThat(first.length()).isEqualTo(3);
    assertThat(text(first)).isEqualTo("abc");
    assertThat(text(http.download("/d", Map.of()))).isEqualTo("def");
    assertThat(http.json("DELETE", "/e", null)).isNull();
    assertThat(http.form("/f", "g=h")).isEmpty();
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.requests().get(0))
        .startsWith("GET /base/a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
        .contains("Authorization: Bearer x\r\n", "Range: bytes=0-2\r\n")
        .doesNotContain("Content-Length");
    assertThat(server.requests().get(3))
        .contains("Content-Length: 3\r\n", "application/x-www-form-urlencoded")
        .endsWith("\r\n\r\ng=h");
  }

  @Test
  void bodiesGoWithTheirLengthOrInChunks() throws IOException {
    server.answers(OK + "Content-Length: 2\r\n\r\n{}");
    server.answers(OK + "Content-Length: 2\r\n\r\n{}");
    http.upload("/a", Content.of("body"), Map.of());
    InputStream once = new ByteArrayInputStream("stream".getBytes(StandardCharsets.UTF_8));
    http.upload("/b", Content.of(once), Map.of());
    assertThat(server.requests().get(0)).contains("Content-Length: 4\r\n").endsWith("\r\n\r\nbody");
    assertThat(server.requests().get(1))
        .contains("Transfer-Encoding: chunked\r\n")
        .endsWith("\r\n\r\n6\r\nstream\r\n0\r\n\r\n");
  }

  @Test
  void aConnectionThatTheServerHasEndedIsReplacedOnlyWhereTwiceDoesNoHarm() throws IOException {
    server.answersAndEnds(OK + "Content-Length: 1\r\n\r\n1");
    server.answersAndEnds(OK + "Content-Length: 2\r\n\r\n{}");
    server.answers(OK + "Content-Length: 1\r\n\r\n3");
    assertThat(text(http.download("/a", Map.of()))).isEqualTo("1");
    assertThat(http.upload("/b", Content.of("b"), Map.of())).isEmpty();
    assertThatThrownBy(() -> http.form("/c", "x=y"))
        .isInstanceOfSatisfying(ClientException.class, e -> assertThat(e.exitCode()).isEqualTo(3));
    assertThat(server.connections()).isEqualTo(2);
    assertThat(text(http.download("/d", Map.of()))).isEqualTo("3");
  }

  @Test
  void anAnswerThatIsCutIsToldFromOneThatEnds() throws IOException {
    server.answersAndEnds(OK + "Content-Length: 10\r\n\r\nabc");
    Reply cut = http.download("/a", Map.of());
    assertThatThrownBy(() -> text(cut)).hasMessageContaining("after 3 of 10 bytes");
    server.answersAndEnds(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nabc");
    Reply chunks = http.download("/a", Map.of());
    assertThatThrownBy(() -> text(chunks)).hasMessageContaining("within a chunk");
    server.answersAndEnds(OK + "Connection: close\r\n\r\nabc");
    assertThat(text(http.download("/a", Map.of()))).isEqualTo("abc");
    server.answersAndEnds("SSH-2.0-OpenSSH_9.2p1 Debian\r\n");
    assertThatThrownBy(() -> http.download("/a", Map.of())).hasMessageContaining("no HTTP/1.1");
    server.answersAndEnds(OK + "A: " + "a".repeat(70_000) + "\r\n\r\n");
    assertThatThrownBy(() -> http.download("/a", Map.of())).hasMessageContaining("longer than");
    server.answersAndEnds(OK + "Content-Length: -7\r\n\r\n");
    assertThatThrownBy(() -> http.download("/a", Map.of())).hasMessageContaining("'-7' bytes");
  }

  @Test
  void aProblemIsToldAsTheServerWroteIt() {
    server.answers(
        "HTTP/1.1 404 Not Found\r\nContent-Length: 58\r\n\r\n"
            + "{\"code\":\"NoSuchBucket\",\"detail\":\"no such\",\"requestId\":\"r\"}");
    assertThatThrownBy(() -> http.json("GET", "/a", null))
        .hasMessage("NoSuchBucket: no such (status 404, request r)")
        .isInstanceOfSatisfying(ClientException.class, e -> assertThat(e.status()).isEqualTo(404));
    server.answersAndEnds("HTTP/1.1 502 Bad Gateway\r\n\r\n<html>");
    assertThatThrownBy(() -> http.json("GET", "/a", null)).hasMessageContaining("status 502");
  }

  @Test
  void nothingOfACallerBecomesALineOfItsOwn() {
    assertThatThrownBy(() -> http.download("/a", Map.of("X", "a\r\nY: b")))
        .hasMessageContaining("control character");
    assertThatThrownBy(() -> http.download("/a b\r\nX: y", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
    assertThatThrownBy(() -> new AnvilHttp(URI.create("ftp://x"), null))
        .hasMessageContaining("expected http://");
  }
}
