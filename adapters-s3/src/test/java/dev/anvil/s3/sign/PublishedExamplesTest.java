package dev.anvil.s3.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The examples that AWS publishes of Signature V4, to the letter. */
@Tag("fast")
final class PublishedExamplesTest {
  private static final String EMPTY = PayloadMode.EMPTY_SHA256;
  private static final String PLAIN = "host;x-amz-content-sha256;x-amz-date";

  @Test
  void getWithRange() {
    var headers =
        Published.headers(
            "Range",
            "bytes=0-9",
            "x-amz-content-sha256",
            EMPTY,
            "x-amz-date",
            "20130524T000000Z",
            "Authorization",
            Published.authorization(
                "host;range;x-amz-content-sha256;x-amz-date",
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
    assertProved(Published.message("GET", "/test.txt", null, headers));
  }

  @Test
  void putWithEncodedKey() {
    var headers =
        Published.headers(
            "Date", "Fri, 24 May 2013 00:00:00 GMT",
            "x-amz-content-sha256",
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            "x-amz-date", "20130524T000000Z",
            "x-amz-storage-class", "REDUCED_REDUNDANCY",
            "Authorization",
                Published.authorization(
                    "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
    assertProved(Published.message("PUT", "/test%24file.text", null, headers));
    // the same key as a client may also write it
    assertProved(Published.message("PUT", "/test$file.text", null, headers));
  }

  @Test
  void getOfASubresource() {
    assertProved(
        plain(
            "/", "lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
  }

  @Test
  void getOfAList() {
    assertProved(
        plain(
            "/",
            "max-keys=2&prefix=J",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
  }

  @Test
  void presigned() {
    SignedMessage message = presigned(Published.headers());
    assertProved(message);
    Proof late = Published.check(Duration.ofSeconds(86_400)).check("r", message);
    assertThat(late.presigned()).isTrue();
    assertThat(late.payload()).isInstanceOf(PayloadMode.Unsigned.class);
  }

  @Test
  void seedsOfChunkedUploads() {
    Proof plain =
        Published.seed(
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            false,
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
    assertThat(plain.payload()).isEqualTo(new PayloadMode.SignedChunks(false));
    Proof trailer =
        Published.seed(
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
            true,
            "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
    assertThat(trailer.payload()).isEqualTo(new PayloadMode.SignedChunks(true));
  }

  static SignedMessage plain(String path, String query, String signature) {
    var headers =
        Published.headers(
            "x-amz-content-sha256",
            EMPTY,
            "x-amz-date",
            "20130524T000000Z",
            "Authorization",
            Published.authorization(PLAIN, signature));
    return Published.message("GET", path, query, headers);
  }

  static SignedMessage presigned(org.eclipse.jetty.http.HttpFields headers) {
    return Published.message(
        "GET",
        "/test.txt",
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524"
            + "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400"
            + "&X-Amz-SignedHeaders=host&X-Amz-Signature="
            + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        headers);
  }

  private static void assertProved(SignedMessage message) {
    Proof proof = Published.check(Duration.ofMinutes(1)).check("r", message);
    assertThat(proof.caller().clientId()).isEqualTo(Published.ACCESS_KEY);
    assertThat(proof.key()).isNotNull();
  }
}
