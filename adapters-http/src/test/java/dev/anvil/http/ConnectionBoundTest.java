package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.settings.HttpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** So many connections are served, and one more waits until another one goes. */
class ConnectionBoundTest {
  private static final int BOUND = 8;

  /** How long the one too many must stay without an answer. */
  private static final int SILENCE_MILLIS = 500;

  private static final int PATIENCE_MILLIS = 10_000;

  private static Socket connect(Running running) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.publicPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void ask(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "HEAD /v1/health/traffic HTTP/1.1\r\nHost: a\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
  }

  /** The head of an answer; the connection stays. */
  private static String answer(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("closed after '" + head + "'");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Test
  void theBoundIsServedAndOneMoreWaits() throws Exception {
    assertThat(HttpLimits.standard().connections()).isEqualTo(4_096);
    List<Socket> open = new ArrayList<>();
    try (Running running = new Running(HttpLimits.standard().withConnections(BOUND))) {
      for (int i = 0; i < BOUND; i++) {
        open.add(connect(running));
      }
      for (Socket socket : open) {
        ask(socket);
        assertThat(answer(socket)).startsWith("HTTP/1.1 200 ");
      }
      try (Socket more = connect(running)) {
        ask(more);
        more.setSoTimeout(SILENCE_MILLIS);
        boolean silent = false;
        try {
          answer(more);
        } catch (SocketTimeoutException e) {
          silent = true;
        }
        assertThat(silent).as("one past the bound is not served").isTrue();
        ask(open.getLast());
        assertThat(answer(open.getLast())).as("the others are").startsWith("HTTP/1.1 200 ");
        open.removeFirst().close();
        more.setSoTimeout(PATIENCE_MILLIS);
        assertThat(answer(more)).as("its turn has come").startsWith("HTTP/1.1 200 ");
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }
}
