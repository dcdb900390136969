package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.settings.HttpLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames that cost the server and not the client: the connection ends, the server goes on. */
@Tag("fast")
class Http2FloodTest {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    running = new Running(HttpLimits.standard());
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** GET, http, /, and an authority, in the fixed table and one literal. */
  private static byte[] head() {
    return new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, 1, 'a'};
  }

  @FunctionalInterface
  private interface Flood {
    byte[] frames(int i);
  }

  /** Sends up to so many; true if the server ended the connection. */
  private static boolean ends(int times, Flood flood) throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), running.server.publicPort())) {
      socket.setSoTimeout(5_000);
      ByteArrayOutputStream open = new ByteArrayOutputStream();
      open.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      open.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
      socket.getOutputStream().write(open.toByteArray());
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < times; i++) {
                    socket.getOutputStream().write(flood.frames(i));
                  }
                } catch (IOException e) {
                  // the server has had enough, which is what the reader is here to see
                  return;
                }
              });
      boolean ended = reachesEnd(socket);
      sender.join(5_000);
      return ended;
    }
  }

  private static boolean reachesEnd(Socket socket) {
    byte[] buffer = new byte[65_536];
    try {
      while (socket.getInputStream().read(buffer) >= 0) {
        continue;
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void andTheServerGoesOn() throws Exception {
    assertThat(running.get(running.open("/v1/health/ready")).statusCode()).isEqualTo(200);
  }

  @Test
  void rapidResetEndsTheConnection() throws Exception {
    assertThat(
            ends(
                20_000,
                i -> {
                  int stream = 2 * i + 1;
                  byte[] ask = frame(HEADERS, END_STREAM | END_HEADERS, stream, head());
                  byte[] cancel = frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
                  return ByteBuffer.allocate(ask.length + cancel.length)
                      .put(ask)
                      .put(cancel)
                      .array();
                }))
        .isTrue();
    andTheServerGoesOn();
  }

  @Test
  void floodsOfControlFramesEndTheConnection() throws Exception {
    assertThat(ends(20_000, i -> frame(PING, 0, 0, new byte[8]))).as("ping").isTrue();
    assertThat(ends(20_000, i -> frame(SETTINGS, 0, 0, new byte[0]))).as("settings").isTrue();
    andTheServerGoesOn();
  }

  @Test
  void emptyDataFramesEndTheConnection() throws Exception {
    assertThat(
            ends(
                20_000,
                i ->
                    i == 0
                        ? frame(HEADERS, END_HEADERS, 1, head())
                        : frame(DATA, 0, 1, new byte[0])))
        .isTrue();
    andTheServerGoesOn();
  }

  @Test
  void headersWithoutEndEndTheConnection() throws Exception {
    assertThat(
            ends(
                20_000,
                i ->
                    i == 0
                        ? frame(HEADERS, END_STREAM, 1, head())
                        : frame(CONTINUATION, 0, 1, new byte[1_024])))
        .isTrue();
    andTheServerGoesOn();
  }

  @Test
  void framesThatBreakTheRulesEndTheConnection() throws Exception {
    assertThat(ends(1, i -> frame(DATA, 0, 0, new byte[4]))).as("data on stream 0").isTrue();
    assertThat(ends(1, i -> frame(HEADERS, END_HEADERS, 2, head()))).as("even stream").isTrue();
    assertThat(ends(1, i -> frame(RST_STREAM, 0, 1, new byte[3]))).as("short reset").isTrue();
    assertThat(
            ends(1, i -> frame(HEADERS, END_HEADERS, 1, new byte[] {(byte) 0xff, -1, -1, -1, -1})))
        .as("bad compression")
        .isTrue();
    assertThat(ends(1, i -> frame(GOAWAY, 0, 0, new byte[70_000]))).as("too large").isTrue();
    andTheServerGoesOn();
  }
}
