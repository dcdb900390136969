package dev.anvil.app.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.events.Webhooks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
final class SocketWebhooksTest {
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private ServerSocket server;
  private volatile String answer = "HTTP/1.1 204 No Content\r\n\r\n";

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket peer = server.accept()) {
        byte[] bytes = new byte[4_096];
        StringBuilder request = new StringBuilder();
        while (request.indexOf("{}") < 0) {
          int n = peer.getInputStream().read(bytes);
          if (n < 0) {
            break;
          }
          request.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
        }
        seen.add(request.toString());
        peer.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        seen.add("closed");
      }
    }
  }

  private Webhooks.Post post(String path) {
    return new Webhooks.Post(
        URI.create("http://127.0.0.1:" + server.getLocalPort() + path),
        Map.of("Anvil-Signature", "t=1,v1=ab"),
        "{}".getBytes(StandardCharsets.UTF_8));
  }

  private static SocketWebhooks webhooks(String... listed) {
    return new SocketWebhooks(
        new AllowedAddresses(List.of(listed)),
        () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  @Test
  void postsArriveAsTheyWereMade() throws InterruptedException {
    Webhooks.Outcome outcome = webhooks("127.0.0.0/8").post(List.of(post("/in?a=b"))).getFirst();
    assertThat(outcome).isEqualTo(new Webhooks.Outcome(true, "status 204"));
    assertThat(seen.poll(5, TimeUnit.SECONDS))
        .startsWith("POST /in?a=b HTTP/1.1\r\nHost: 127.0.0.1:")
        .contains("\r\nAnvil-Signature: t=1,v1=ab\r\n")
        .contains("\r\nContent-Length: 2\r\n")
        .endsWith("\r\n\r\n{}");
  }

  @Test
  void nothingIsSentWhereItMayNotGo() {
    Webhooks.Outcome outcome = webhooks().post(List.of(post("/"))).getFirst();
    assertThat(outcome.delivered()).isFalse();
    assertThat(outcome.detail()).contains("not listed");
    assertThat(seen).isEmpty();
  }

  @Test
  void redirectsErrorsAndNonsenseAreFailures() {
    for (String text :
        List.of("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", "HTTP/1.1 500 No\r\n\r\n", "x\r\n")) {
      answer = text;
      assertThat(webhooks("127.0.0.1").post(List.of(post("/"))).getFirst().delivered()).isFalse();
    }
    answer = "y".repeat(5_000);
    assertThat(webhooks("127.0.0.1").post(List.of(post("/"))).getFirst().detail())
        .contains("does not begin as HTTP does");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.7.7",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::"
      })
  void shutAddresses(String address) throws IOException {
    assertThat(new AllowedAddresses(List.of()).allows(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "2606:2800:220:1::1", "172.32.0.1", "11.0.0.1"})
  void openAddresses(String address) throws IOException {
    assertThat(new AllowedAddresses(List.of()).allows(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void whatIsListedIsOpenAndNonsenseIsRefused() throws IOException {
    AllowedAddresses allowed = new AllowedAddresses(List.of("10.0.0.0/8", "fd00::/8"));
    assertThat(allowed.allows(InetAddress.getByName("10.9.9.9"))).isTrue();
    assertThat(allowed.allows(InetAddress.getByName("fd12::1"))).isTrue();
    assertThat(allowed.allows(InetAddress.getByName("192.168.1.1"))).isFalse();
    assertThatThrownBy(() -> new AllowedAddresses(List.of("example.org")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("example.org");
    assertThatThrownBy(() -> new AllowedAddresses(List.of("10.0.0.0/33")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
