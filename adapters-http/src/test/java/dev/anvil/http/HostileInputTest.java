package dev.anvil.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.http.settings.HttpLimits;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever comes in: a 4xx or a closed connection, never a 500, a hang or a stack trace. */
@Tag("fast")
class HostileInputTest {
  private static final String GOOD = "Authorization: Bearer good\r\n";
  private static Running running;

  @BeforeAll
  static void start() throws Exception {
    running =
        new Running(
            HttpLimits.standard()
                .withWaits(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1)));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static String send(String request) throws Exception {
    return Wire.exchange(running.server.publicPort(), request);
  }

  private static void refused(String request) throws Exception {
    refused(request, send(request));
  }

  private static void refused(String request, String answer) {
    String shown = request.length() > 200 ? request.substring(0, 200) + "..." : request;
    assertThat(answer).as(shown).doesNotContain(Wire.HANGS);
    assertThat(answer)
        .as(shown)
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain("org.eclipse")
        .doesNotContain("dev.anvil");
    if (!answer.isEmpty()) {
      assertThat(answer).as(shown).matches("(?s)HTTP/1\\.1 (4[0-9][0-9]|505) .*");
      assertThat(answer).as(shown).contains("Anvil-Request-Id: ");
    }
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + GOOD + "Connection: close\r\n\r\n";
  }

  @Tag("verify")
  @Test
  void malformedHeadsAreRefused() throws Exception {
    for (String request :
        List.of(
            "\r\n\r\n\r\n\u0000\u0001\u0002\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: \u0000\r\n\r\n",
            "G\u00e9T / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://[::1/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\nConnection: close\r\n\r\n",
            "TRACE /v1/buckets HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(100_000) + "\r\n\r\n",
            "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "X".repeat(200_000),
            "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(50_000) + "\r\n")) {
      refused(request);
    }
  }

  @Test
  void pathsThatCannotBeDecodedAreRefused() throws Exception {
    for (String path :
        List.of(
            "/v1/buckets/docs/objects/%zz",
            "/v1/buckets/docs/objects/%",
            "/v1/buckets/docs/objects/a%2",
            "/v1/buckets/docs/objects/%ff",
            "/v1/buckets/docs/objects/%c0%ae%c0%ae",
            "/v1/buckets/docs/objects/%ed%a0%80",
            "/v1/buckets/docs/objects/%00",
            "/v1/buckets/docs/objects/" + "k".repeat(1_025),
            "/v1/buckets/docs/objects/" + "k".repeat(9_000),
            "/v1/buckets/docs/objects/\u00e9",
            "/v1/buckets/docs/objects?prefix=%ff",
            "/v1/buckets/docs/objects?limit=-1",
            "/v1/buckets/docs/objects?limit=99999999999999999999",
            "/v1/buckets/docs/objects?limit=1e2",
            "/v1/buckets/docs/objects?" + "a&".repeat(200),
            "/v1/buckets/%2e%2e/objects/x",
            "/v1/buckets//objects/x",
            "/v1/buckets/docs/../../healthz",
            "/v1/../readyz",
            "/v1/docs/../../../etc/passwd",
            "/v1/docs/%2e%2e/%2e%2e/etc/passwd",
            "/v1/docs//etc/passwd",
            "/v1;x=1/buckets",
            "/v1/admin/tenants",
            "/metrics",
            "//v1/buckets")) {
      refused(get(path));
    }
  }

  @Tag("verify")
  @Test
  void bodiesThatLieAboutTheirLengthAreRefused() throws Exception {
    String put = "PUT /v1/buckets/docs/objects/lie HTTP/1.1\r\nHost: a\r\n" + GOOD;
    for (String request :
        List.of(
            put + "Content-Length: -1\r\n\r\n",
            put + "Content-Length: 1x\r\n\r\nab",
            put + "Content-Length: 99999999999999999999\r\n\r\nab",
            put + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
            put + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            put + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
            put + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
            put + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nab",
            put + "Transfer-Encoding: gzip\r\n\r\nabc",
            put + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            put + "Content-Length: 6000000000\r\n\r\n",
            put + "Content-Length: 5\r\nContent-Range: bytes 0-4/9\r\n\r\nabcde",
            put + "Expect: something\r\nContent-Length: 1\r\n\r\na")) {
      refused(request);
    }
    assertThat(running.store.objects).doesNotContainKey("lie");
  }

  @Test
  void aBodyThatEndsEarlyStoresNothing() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), running.server.publicPort())) {
      socket.setSoTimeout(8_000);
      String put = "PUT /v1/buckets/docs/objects/short HTTP/1.1\r\nHost: a\r\n" + GOOD;
      socket
          .getOutputStream()
          .write((put + "Content-Length: 10\r\n\r\nabc").getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      refused(put, Wire.read(socket));
    }
    assertThat(running.store.objects).doesNotContainKey("short");
  }

  @Test
  void jsonBodiesAreStrictAndBounded() throws Exception {
    for (String json :
        List.of(
            "{",
            "[]",
            "null",
            "{\"items\":null}",
            "{\"operation\":\"head\",\"items\":[{}]}",
            "{\"operation\":\"head\",\"items\":[null]}",
            "{\"operation\":\"explode\",\"items\":[]}",
            "{\"operation\":\"head\",\"operation\":\"head\",\"items\":[]}",
            "{\"operation\":\"head\",\"items\":[],\"x\":1}",
            "{\"operation\":7,\"items\":[]}",
            "{\"operation\":\"head\",\"items\":\"x\"}",
            "{\"operation\":\"head\",\"items\":[]} trailing",
            "{\"operation\":\"put\",\"items\":[{\"key\":\"a\",\"content\":\"!!!\"}]}",
            "\u00ff\u00fe",
            "[".repeat(100_000))) {
      refused(post("/v1/buckets/docs/batch", "application/json", json));
    }
    refused(post("/v1/buckets/docs/batch", "text/html", "{}"));
    refused(
        post("/v1/buckets/docs/uploads", "application/json", "{\"key\":\"" + "x".repeat(2 << 20)));
    refused(
        post("/v1/oauth/token", "application/x-www-form-urlencoded", "a=" + "x".repeat(20_000)));
    refused(post("/v1/oauth/token", "application/x-www-form-urlencoded", "grant_type=%ff"));
    refused(post("/v1/oauth/token", "application/x-www-form-urlencoded", "grant_type=password"));
    refused(post("/v1/buckets/docs/objects/a:nothing", "application/json", "{}"));
    refused(post("/v1/buckets/docs/objects/a:", "application/json", "{}"));
  }

  private static String post(String target, String type, String body) {
    return "POST "
        + target
        + " HTTP/1.1\r\nHost: a\r\n"
        + (target.contains("oauth") ? "" : GOOD)
        + "Content-Type: "
        + type
        + "\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void theErrorOfJsonNamesTheFaultAndNoClass() throws Exception {
    String answer =
        send(
            post(
                "/v1/buckets/docs/batch",
                "application/json",
                "{\"operation\":\"head\",\"itms\":[]}"));
    assertThat(answer).contains("\"code\":\"InvalidJson\"", "\"name\":\"itms\"", "\"line\":1");
  }

  @Test
  void pipelinedRubbishEndsTheConnection() throws Exception {
    String answer =
        send("GET /v1/health/ready HTTP/1.1\r\nHost: a\r\n\r\n\u0001\u0002rubbish\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 400 ");
    assertThat(answer).doesNotContain(Wire.HANGS);
    String smuggled =
        send(
            "POST /v1/buckets/docs/batch HTTP/1.1\r\nHost: a\r\nContent-Length: 44\r\n\r\n"
                + "GET /v1/health/ready HTTP/1.1\r\nHost: a\r\n\r\n\r\n"
                + "GET /v1/health/traffic HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(smuggled).startsWith("HTTP/1.1 401 ").doesNotContain(Wire.HANGS);
    assertThat(count(smuggled, "HTTP/1.1 ")).isLessThanOrEqualTo(2);
  }

  @Test
  void bodiesCompressedForTheTransferAreNotKeptAsTheyCome() throws Exception {
    String answer =
        send(
            "PUT /v1/buckets/docs/objects/coded HTTP/1.1\r\nHost: a\r\n"
                + "Authorization: Bearer good\r\nConnection: close\r\n"
                + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 501 ").contains("\"code\":\"NotImplemented\"");
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + 1)) {
      count++;
    }
    return count;
  }

  @Tag("verify")
  @Test
  void slowHeadsAndBodiesAreCutOff() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (String first :
          List.of(
              "GET / HTTP/1.1\r\nHost: a\r\nX: ",
              "PUT /v1/buckets/docs/objects/slow HTTP/1.1\r\nHost: a\r\n"
                  + GOOD
                  + "Content-Length: 100000\r\n\r\n")) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.publicPort());
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      long began = System.nanoTime();
      for (Socket socket : slow) {
        assertThat(drips(socket, began)).isLessThan(7_000);
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    assertThat(running.store.objects).doesNotContainKey("slow");
  }

  /** Sends a byte every 100 ms, far below any idle time-out; gives the time until it is cut. */
  private static long drips(Socket socket, long began) throws Exception {
    socket.setSoTimeout(100);
    while (System.nanoTime() - began < 10_000_000_000L) {
      try {
        socket.getOutputStream().write('x');
        if (socket.getInputStream().read() < 0) {
          break;
        }
      } catch (java.net.SocketTimeoutException e) {
        continue;
      } catch (java.io.IOException e) {
        break;
      }
    }
    return (System.nanoTime() - began) / 1_000_000;
  }

  @Tag("verify")
  @Test
  void aReaderThatDoesNotReadIsCutOff() throws Exception {
    running.client.send(
        running
            .authorised("/v1/buckets/docs/objects/big")
            .PUT(java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[24 << 20]))
            .build(),
        java.net.http.HttpResponse.BodyHandlers.discarding());
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(
          new java.net.InetSocketAddress(
              InetAddress.getLoopbackAddress(), running.server.publicPort()));
      socket
          .getOutputStream()
          .write(get("/v1/buckets/docs/objects/big").getBytes(StandardCharsets.US_ASCII));
      running.waitForLine(
          "the reader is cut off",
          l -> l.operation().equals("getObject") && l.bytesOut() < (24 << 20));
    }
  }

  @Test
  void theServerStillAnswers() throws Exception {
    assertThat(running.get(running.open("/v1/health/ready")).statusCode()).isEqualTo(200);
  }
}
