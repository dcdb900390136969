package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming uploads: right ones are kept whole, of wrong ones nothing is ever seen. */
@Tag("fast")
final class StreamsTest {
  /** Of "a" 20,000 times. */
  private static final String CRC32 = "x-amz-checksum-crc32:";

  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client s3 = world.docsClient();

  private static String trailer(String content) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(content.getBytes(StandardCharsets.ISO_8859_1));
    byte[] value = java.nio.ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return CRC32 + java.util.Base64.getEncoder().encodeToString(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_192, 20_000})
  void signedChunks(int size) {
    String content = "a".repeat(size);
    S3Client.Answer plain = s3.chunked("PUT", "/docs/s" + size, content, null, -1, 0);
    assertThat(plain.status()).as(plain.text()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/s" + size).text()).isEqualTo(content);
    assertThat(s3.send("GET", "/docs/s" + size).header("content-encoding")).isNull();
    S3Client.Answer trailer = s3.chunked("PUT", "/docs/t" + size, content, trailer(content), -1, 0);
    assertThat(trailer.status()).as(trailer.text()).isEqualTo(200);
    assertThat(trailer.header("x-amz-checksum-crc32")).isNotBlank();
    assertThat(s3.send("GET", "/docs/t" + size).text()).isEqualTo(content);
  }

  @Test
  void oneFlippedByteIsRefused() {
    for (int at : new int[] {90, 5_000, 8_290, 16_600}) {
      S3Client.Answer answer = s3.chunked("PUT", "/docs/flipped", "a".repeat(20_000), null, at, 0);
      assertThat(answer.status()).as("flipped at %d: %s", at, answer.text()).isIn(400, 403);
      assertThat(s3.send("GET", "/docs/flipped").status()).isEqualTo(404);
    }
  }

  @Test
  void wrongTrailersAreRefused() {
    String content = "a".repeat(20_000);
    assertThat(s3.chunked("PUT", "/docs/wrong", content, CRC32 + "AAAAAA==", -1, 0).code())
        .isEqualTo("BadDigest");
    assertThat(s3.chunked("PUT", "/docs/wrong", content, CRC32 + "!!", -1, 0).code())
        .isEqualTo("InvalidRequest");
    assertThat(s3.send("GET", "/docs/wrong").status()).isEqualTo(404);
  }

  @Test
  void truncatedStreamsLeaveNothing() {
    for (int cut : new int[] {1, 2, 50, 90, 150, 5_000, 19_000}) {
      String content = "a".repeat(20_000);
      S3Client.Answer answer = s3.chunked("PUT", "/docs/cut", content, trailer(content), -1, cut);
      assertThat(answer.status()).as("cut by %d", cut).isEqualTo(400);
      assertThat(s3.send("GET", "/docs/cut").status()).isEqualTo(404);
    }
  }

  @Test
  void unsignedTrailersInsideHttpChunks() {
    String inner = "b\r\nhello world\r\n0\r\n" + trailer("hello world") + "\r\n\r\n";
    S3Client.Answer answer = unsigned(inner, "11");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/u").text()).isEqualTo("hello world");
    assertThat(unsigned(inner.replace("hello", "jello"), "11").code()).isEqualTo("BadDigest");
    assertThat(unsigned(inner, "12").code()).isEqualTo("IncompleteBody");
    assertThat(unsigned(inner, null).code()).isEqualTo("MissingContentLength");
    assertThat(s3.send("GET", "/docs/u").text()).isEqualTo("hello world");
  }

  private static S3Client.Answer unsigned(String inner, String decoded) {
    int half = inner.length() / 2;
    String body =
        Integer.toHexString(half)
            + "\r\n"
            + inner.substring(0, half)
            + "\r\n"
            + Integer.toHexString(inner.length() - half)
            + "\r\n"
            + inner.substring(half)
            + "\r\n0\r\n\r\n";
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return s3.send(
        "PUT",
        "/docs/u",
        bytes,
        "x-amz-content-sha256",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "content-length",
        null,
        "transfer-encoding",
        "chunked",
        "x-amz-decoded-content-length",
        decoded,
        "x-amz-trailer",
        "x-amz-checksum-crc32");
  }

  @Test
  void refusedBeforeTheBodyIsAskedFor() {
    GatewayWorld.Key wrong = new GatewayWorld.Key(world.acme.id(), "no such secret");
    S3Client.Answer answer =
        world.client(wrong).send("PUT", "/docs/e", "body", "expect", "100-continue");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("SignatureDoesNotMatch");
    assertThat(s3.send("PUT", "/docs/e", "body", "expect", "100-continue").status()).isEqualTo(200);
  }
}
