package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.http.settings.HttpLimits;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class DrainTest {
  private static final String PUT =
      "PUT /v1/buckets/docs/objects/d HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n"
          + "Content-Length: 4\r\n\r\nab";

  @Test
  void whatIsInFlightEndsAndNothingNewBegins() throws Exception {
    try (Running running = new Running(HttpLimits.standard());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.publicPort())) {
      socket.setSoTimeout(8_000);
      socket.getOutputStream().write(PUT.getBytes(StandardCharsets.US_ASCII));
      running.waitForBodies(1);
      int port = running.server.publicPort();
      var drained = CompletableFuture.supplyAsync(() -> drain(running, Duration.ofSeconds(10)));
      assertThatThrownBy(
              () -> {
                while (true) {
                  new Socket(InetAddress.getLoopbackAddress(), port).close();
                }
              })
          .isInstanceOf(java.net.ConnectException.class);
      assertThat(drained).isNotDone();
      socket.getOutputStream().write("cd".getBytes(StandardCharsets.US_ASCII));
      assertThat(Wire.read(socket)).startsWith("HTTP/1.1 200 ").doesNotContain(Wire.HANGS);
      assertThat(drained.get()).isTrue();
      assertThat(running.get(running.management("/healthz")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void drainingDoesNotWaitForEver() throws Exception {
    try (Running running = new Running(HttpLimits.standard());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.publicPort())) {
      socket.getOutputStream().write(PUT.getBytes(StandardCharsets.US_ASCII));
      running.waitForBodies(1);
      assertThat(drain(running, Duration.ofMillis(100))).isFalse();
    }
  }

  private static boolean drain(Running running, Duration limit) {
    try {
      return running.server.drain(limit);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
