package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.s3.S3Client.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams with a checksum of each kind behind them, as SDKs send them over https. */
@Tag("fast")
final class TrailersTest {
  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client s3 = world.docsClient();

  private static Answer put(String target, String body, String... more) {
    String[] headers = {
      "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "content-encoding", "aws-chunked",
      "x-amz-decoded-content-length", "9"
    };
    String[] all = java.util.Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return s3.send("PUT", target, body.getBytes(StandardCharsets.US_ASCII), all);
  }

  @ParameterizedTest
  @CsvSource({
    "CRC32, y/Q5Jg==",
    "CRC32C, 4waSgw==",
    "CRC64NVME, rosUhgp5mIg=",
    "SHA1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
    "SHA256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
    "SHA512,"
        + " 2eZ2LdHI6vbWGzxhkvxAjU1tXxF20MKRabwk5xw/J0rSf81YEbMT1oH35V7ALXPUmclUVba1u1A6z1dPuo/+hQ==",
    "MD5, JfnnlDI7RTiF9RgfG2JNCw==",
    "XXHASH64, jLhB20DmroM="
  })
  void eachIsComparedAndTold(String algorithm, String value) {
    String name = "x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT);
    String body = "9\r\n123456789\r\n0\r\n" + name + ":" + value + "\r\n\r\n";
    Answer put = put("/docs/k", body, "x-amz-trailer", name);
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.header(name)).isEqualTo(value);
    Answer head = s3.send("HEAD", "/docs/k", "", "x-amz-checksum-mode", "ENABLED");
    assertThat(head.header(name)).isEqualTo(value);
    assertThat(head.header("content-encoding")).isNull();
    assertThat(put("/docs/bad", body.replace("123456789", "123456780"), "x-amz-trailer", name))
        .extracting(Answer::code)
        .isEqualTo("BadDigest");
    assertThat(put("/docs/bad", "9\r\n123456789\r\n0\r\n\r\n", "x-amz-trailer", name).code())
        .as("announced and not sent")
        .isEqualTo("MalformedTrailerError");
    assertThat(s3.send("HEAD", "/docs/bad").status()).isEqualTo(404);
  }

  @Test
  void withoutOneTheServerMakesIts() {
    Answer put = put("/docs/none", "9\r\n123456789\r\n0\r\n\r\n");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.header("x-amz-checksum-crc64nvme")).isEqualTo("rosUhgp5mIg=");
    assertThat(put.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
  }
}
