package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Work that takes its time: the client is kept waiting, not left in doubt. */
@Tag("fast")
final class LongAnswersTest {
  private static final int BOUND = 20;

  private static GatewayWorld world;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    world = new GatewayWorld(Duration.ofMillis(50));
    s3 = world.client();
    s3.send("PUT", "/docs");
    s3.send("PUT", "/docs/source", "0123456789");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @AfterEach
  void letGo() {
    world.hold = () -> {};
  }

  /** Sends a request whose work waits; what comes before the work may go on, then the rest. */
  private static String[] slowly(String method, String target, String body, String... headers)
      throws IOException {
    CountDownLatch gate = new CountDownLatch(1);
    world.hold = () -> await(gate);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> signed = s3.signed(method, target, bytes, headers);
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    signed.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("connection: close\r\n\r\n").append(body);
    try (Socket socket = new Socket("127.0.0.1", world.port())) {
      socket.setSoTimeout(BOUND * 1000);
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      StringBuilder early = new StringBuilder();
      while (early.indexOf("?>\n  ") < 0) {
        int c = in.read();
        assertThat(c).as("the answer ended early: %s", early).isNotNegative();
        early.append((char) c);
      }
      gate.countDown();
      return new String[] {early.toString(), new String(in.readAllBytes(), StandardCharsets.UTF_8)};
    } finally {
      gate.countDown();
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      assertThat(gate.await(BOUND, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCopyOfASlowSourceSendsSignsOfLife() throws IOException {
    String[] answer =
        slowly("PUT", "/docs/copy", "", "x-amz-copy-source", "docs/source?versionId=null");
    assertThat(answer[0]).startsWith("HTTP/1.1 200").contains("<?xml version");
    assertThat(answer[0].toLowerCase(java.util.Locale.ROOT))
        .contains("x-amz-copy-source-version-id: null");
    assertThat(answer[1]).contains("<CopyObjectResult").contains("</CopyObjectResult>");
    assertThat(answer[1]).doesNotContain("<?xml");
    assertThat(s3.send("GET", "/docs/copy").text()).isEqualTo("0123456789");
  }

  @Test
  void whatFailsLateIsToldInside() throws IOException {
    String[] answer = slowly("PUT", "/docs/none", "", "x-amz-copy-source", "docs/nowhere");
    assertThat(answer[0]).startsWith("HTTP/1.1 200");
    assertThat(answer[1]).contains("<Error><Code>NoSuchKey</Code>").contains("</Error>");
    assertThat(s3.send("GET", "/docs/none").status()).isEqualTo(404);
  }

  @Test
  void partsAndCompletionsToo() throws IOException {
    String id = s3.send("POST", "/docs/parts?uploads", "").element("UploadId");
    String target = "/docs/parts?partNumber=1&uploadId=" + id;
    String[] part = slowly("PUT", target, "", "x-amz-copy-source", "docs/source");
    String etag = part[1].substring(part[1].indexOf("<ETag>") + 6, part[1].indexOf("</ETag>"));
    String done =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>";
    String[] whole = slowly("POST", "/docs/parts?uploadId=" + id, done);
    assertThat(whole[1]).contains("<Bucket>docs</Bucket>").contains("-1&quot;</ETag>");
    assertThat(s3.send("GET", "/docs/parts").text()).isEqualTo("0123456789");
  }

  @Test
  void whatIsQuickKeepsItsStatus() {
    world.hold = () -> {};
    S3Client.Answer refused = s3.send("PUT", "/docs/none", "", "x-amz-copy-source", "docs/nowhere");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.code()).isEqualTo("NoSuchKey");
  }

  @Test
  void workEndsThoughItsClientIsGone() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    world.hold =
        () -> {
          begun.countDown();
          await(gate);
        };
    Map<String, String> signed =
        s3.signed("PUT", "/docs/orphan", new byte[0], "x-amz-copy-source", "docs/source");
    StringBuilder head = new StringBuilder("PUT /docs/orphan HTTP/1.1\r\n");
    signed.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    try (Socket socket = new Socket("127.0.0.1", world.port())) {
      socket.setSoLinger(true, 0);
      socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.UTF_8));
      assertThat(begun.await(BOUND, TimeUnit.SECONDS)).isTrue();
    }
    gate.countDown();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND);
    while (s3.send("HEAD", "/docs/orphan").status() != 200 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(s3.send("GET", "/docs/orphan").text()).isEqualTo("0123456789");
  }
}
