package dev.anvil.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Framing of the client against a server that says exactly what the test wants. */
@Tag("fast")
class RawHttpTest {
  private ServerSocket server;
  private RawHttp http;
  private CompletableFuture<String> received;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    http =
        new RawHttp(URI.create("http://127.0.0.1:" + server.getLocalPort()), Duration.ofSeconds(5));
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    server.close();
  }

  /** On each connection in turn, sends its script and ends; keeps the bytes of the first one. */
  private void script(String... scripts) {
    Queue<String> queue = new ArrayDeque<>(List.of(scripts));
    received = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          while (!queue.isEmpty()) {
            try (Socket socket = server.accept()) {
              socket.getOutputStream().write(queue.remove().getBytes(StandardCharsets.UTF_8));
              socket.shutdownOutput();
              received.complete(all(socket.getInputStream()));
            } catch (IOException e) {
              received.completeExceptionally(e);
            }
          }
        });
  }

  private static String all(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void readsTwoAnswersOfOneConnection() throws IOException {
    script(
        "HTTP/1.1 200 OK\r\n"
            + "ETag: \"x\"\r\n"
            + "Content-Length: 3\r\n\r\n"
            + "abcHTTP/1.1 404 No\r\n"
            + "content-length:2\r\n\r\n"
            + "no");
    Answer first = http.send(Request.of("GET", "/a"));
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.text()).isEqualTo("abc");
    assertThat(first.header("etag")).isEqualTo("\"x\"");
    assertThat(first.header("nothing")).isNull();
    Answer second = http.send(Request.of("GET", "/b"));
    assertThat(second.status()).isEqualTo(404);
    assertThat(second.text()).isEqualTo("no");
  }

  @Test
  void readsChunksAndPassesOverAnInterimAnswer() throws IOException {
    script(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: 1\r\n\r\nHTTP/1.1 204 N\r\n\r\n");
    ByteArrayOutputStream sunk = new ByteArrayOutputStream();
    Answer answer = http.send(Request.of("GET", "/"), sunk::write);
    assertThat(sunk).hasToString("abcde");
    assertThat(answer.bodyLength()).isEqualTo(5);
    assertThat(http.send(Request.of("DELETE", "/")).status()).isEqualTo(204);
  }

  @Test
  void aCutBodyIsAFailureAndTheNextRequestConnectsAnew() throws IOException {
    script(
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    assertThatThrownBy(() -> http.send(Request.of("GET", "/"))).isInstanceOf(EOFException.class);
    assertThat(http.send(Request.of("HEAD", "/")).ok()).isTrue();
  }

  @Test
  void sendsLengthsAndChunks() throws Exception {
    script("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    http.send(Request.of("PUT", "/k").header("A", "b").header("C", null).with("body"));
    assertThat(received.get())
        .startsWith("PUT /k HTTP/1.1\r\nHost: 127.0.0.1:")
        .endsWith("\r\nA: b\r\nContent-Length: 4\r\n\r\nbody");
    script("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    http.send(Request.of("PUT", "/k").with(new Unknown("abc")));
    assertThat(received.get()).endsWith("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
  }

  private record Unknown(String text) implements Request.Body {
    @Override
    public long length() {
      return -1;
    }

    @Override
    public void writeTo(java.io.OutputStream out) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void refusesAnAnswerThatIsNoHttp() {
    script("SSH-2.0-OpenSSH\r\n\r\n");
    assertThatThrownBy(() -> http.send(Request.of("GET", "/"))).hasMessageContaining("status line");
  }
}
