package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.settings.HttpLimits;
import dev.anvil.ports.testkit.Waiting;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OverloadTest {
  @Test
  void oneRequestTooManyIsToldToComeBack() throws Exception {
    try (Running running = new Running(HttpLimits.standard().withRequestsInFlight(1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.publicPort())) {
      socket
          .getOutputStream()
          .write(
              ("PUT /v1/buckets/docs/objects/d HTTP/1.1\r\n"
                      + "Host: a\r\n"
                      + "Authorization: Bearer good\r\n"
                      + "Content-Length: 4\r\n\r\n"
                      + "ab")
                  .getBytes(StandardCharsets.US_ASCII));
      running.waitForBodies(1);
      var refused = running.get(running.open("/v1/health/ready"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"Overloaded\"", "\"retryable\":true");
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(running.get(running.management("/healthz")).statusCode()).isEqualTo(200);
      socket.getOutputStream().write("cd".getBytes(StandardCharsets.US_ASCII));
      running.waitForLine(
          "the put is answered", l -> l.operation().equals("putObject") && l.status() == 200);
      assertThat(running.get(running.open("/v1/health/ready")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void bodiesThatAreHeldWholeDoNotFillTheMemory() throws Exception {
    byte[] half = ("{" + " ".repeat(MIB)).getBytes(StandardCharsets.US_ASCII);
    byte[] probe = "{".getBytes(StandardCharsets.US_ASCII);
    // with all of the half there a probe lacks one byte; before that none waits, nor holds it up
    int room = 9 * MIB + 1 + 9 * probe.length - 1;
    try (Running running = new Running(HttpLimits.standard().withHeldBodies(room));
        Socket holder = new Socket(InetAddress.getLoopbackAddress(), running.server.publicPort())) {
      holder.setSoTimeout(8_000);
      holder.getOutputStream().write(batchHead(half.length + 1));
      holder.getOutputStream().write(half);
      Waiting.until("the room is taken", () -> status(running, probe) == 503);
      holder.getOutputStream().write('}');
      assertThat(Wire.read(holder)).startsWith("HTTP/1.1 400 ");
      assertThat(running.send(batch(running, probe)).statusCode()).isEqualTo(400);
    }
  }

  private static int status(Running running, byte[] body) {
    try {
      return running.send(batch(running, body)).statusCode();
    } catch (Exception e) {
      throw new AssertionError("a batch was not answered", e);
    }
  }

  @Test
  void shortTextThatMakesManyValuesIsRefused() throws Exception {
    String items = "{},".repeat(150_000) + "{}";
    try (Running running = new Running(HttpLimits.standard())) {
      byte[] body = ("{\"items\":[" + items + "]}").getBytes(StandardCharsets.US_ASCII);
      var refused = running.send(batch(running, body));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("\"code\":\"InvalidJson\"").doesNotContain("items[].key");
    }
  }

  private static final int MIB = 1 << 20;

  private static HttpRequest.Builder batch(Running running, byte[] body) {
    return running
        .authorised("/v1/buckets/docs/batch")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private static byte[] batchHead(int length) {
    return ("POST /v1/buckets/docs/batch HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Authorization: Bearer good\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
