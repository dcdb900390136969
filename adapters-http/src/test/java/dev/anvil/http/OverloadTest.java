package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.settings.HttpLimits;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
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
}
