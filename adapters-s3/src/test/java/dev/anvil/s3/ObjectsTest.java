package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects: bytes, headers, ranges, conditions, copies, deletes. */
@Tag("fast")
final class ObjectsTest {
  private static GatewayWorld world;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    world = new GatewayWorld();
    s3 = world.client();
    assertThat(s3.send("PUT", "/docs").status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void whatIsPutComesBackWithItsHeaders() {
    S3Client.Answer put =
        s3.send(
            "PUT",
            "/docs/greeting",
            "hello world",
            "content-type",
            "text/plain; charset=UTF-8",
            "cache-control",
            "no-cache",
            "x-amz-meta-Mood",
            "good",
            "content-encoding",
            "gzip,aws-chunked");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    assertThat(put.header("etag")).isEqualTo("\"5eb63bbbe01eeed093cb22bb8f5acdc3\"");
    assertThat(put.header("x-amz-version-id")).isNull();
    S3Client.Answer get = s3.send("GET", "/docs/greeting");
    S3Client.Answer head = s3.send("HEAD", "/docs/greeting");
    assertThat(get.text()).isEqualTo("hello world");
    assertThat(head.body()).isEmpty();
    for (S3Client.Answer a : new S3Client.Answer[] {get, head}) {
      assertThat(a.header("content-length")).isEqualTo("11");
      assertThat(a.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
      assertThat(a.header("cache-control")).isEqualTo("no-cache");
      assertThat(a.header("content-encoding")).isEqualTo("gzip");
      assertThat(a.header("x-amz-meta-mood")).isEqualTo("good");
      assertThat(a.header("etag")).isEqualTo(put.header("etag"));
      assertThat(a.header("last-modified")).isNotBlank();
      assertThat(a.header("x-amz-checksum-crc64nvme")).isNull();
    }
    assertThat(
            s3.send("GET", "/docs/greeting", "", "x-amz-checksum-mode", "ENABLED")
                .header("x-amz-checksum-crc64nvme"))
        .isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%20b", "%22quoted%22", "100%25", "a%26b%3Cc%3E", "_%20", "foo", "foo/bar", "foo//bar",
        "../up", "./dot", "a/../b", "semi;colon", "%C3%BC%E6%97%A5", "plus+plus", "%2Flead", "x/"
      })
  void oddKeysAreOrdinary(String path) {
    assertThat(s3.send("PUT", "/docs/" + path, path).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/" + path).text()).isEqualTo(path);
    assertThat(s3.send("DELETE", "/docs/" + path).status()).isEqualTo(204);
    assertThat(s3.send("GET", "/docs/" + path).code()).isEqualTo("NoSuchKey");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 206, 1",
    "bytes=50-, 206, 50",
    "bytes=-1, 206, 1",
    "bytes=-101, 206, 100",
    "bytes=0-999999, 206, 100",
    "bytes=00-01, 206, 2",
    "bytes=-0, 416, -1",
    "bytes=100-100, 416, -1",
    "bytes=100-110, 416, -1",
    "bytes=5-3, 200, 100",
    "'bytes=0-0,1-2', 200, 100",
    "bytes=x-y, 200, 100",
    "nonsense, 200, 100"
  })
  void ranges(String range, int status, int length) {
    s3.send("PUT", "/docs/hundred", "r".repeat(100));
    S3Client.Answer answer = s3.send("GET", "/docs/hundred", "", "range", range);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (length >= 0) {
      assertThat(answer.body()).hasSize(length);
      assertThat(s3.send("HEAD", "/docs/hundred", "", "range", range).header("content-length"))
          .isEqualTo(Integer.toString(length));
    } else {
      assertThat(answer.code()).isEqualTo("InvalidRange");
    }
  }

  @Test
  void aRangeOfNothingIsNone() {
    s3.send("PUT", "/docs/empty", "");
    assertThat(s3.send("GET", "/docs/empty", "", "range", "bytes=0-").code())
        .isEqualTo("InvalidRange");
    assertThat(s3.send("GET", "/docs/empty").header("content-length")).isEqualTo("0");
  }

  @Test
  void conditionsOfReadsHaveTheirOrder() {
    s3.send("PUT", "/docs/c", "c");
    String etag = s3.send("HEAD", "/docs/c").header("etag");
    String early = "Mon, 01 Jan 2001 00:00:00 GMT";
    String late = "Tue, 01 Jan 2030 00:00:00 GMT";
    assertThat(get("if-match", etag, "if-unmodified-since", early)).isEqualTo(200);
    assertThat(get("if-none-match", etag, "if-modified-since", early)).isEqualTo(304);
    assertThat(get("if-match", "\"no\"", "if-modified-since", early)).isEqualTo(412);
    assertThat(get("if-unmodified-since", early)).isEqualTo(412);
    assertThat(get("if-modified-since", late)).isEqualTo(304);
    assertThat(get("if-match", etag.replace("\"", ""))).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/c", "", "if-none-match", etag).header("etag")).isEqualTo(etag);
  }

  private static int get(String... headers) {
    return s3.send("GET", "/docs/c", "", headers).status();
  }

  @Test
  void conditionsOfWritesAreDecidedAtTheKey() {
    s3.send("PUT", "/docs/w", "1");
    String etag = s3.send("HEAD", "/docs/w").header("etag");
    assertThat(s3.send("PUT", "/docs/w", "2", "if-none-match", "*").code())
        .isEqualTo("PreconditionFailed");
    assertThat(s3.send("PUT", "/docs/w", "2", "if-match", "\"other\"").code())
        .isEqualTo("PreconditionFailed");
    assertThat(s3.send("PUT", "/docs/w", "2", "if-match", etag).status()).isEqualTo(200);
    assertThat(s3.send("PUT", "/docs/absent", "2", "if-match", etag).code()).isEqualTo("NoSuchKey");
    assertThat(s3.send("DELETE", "/docs/w", "", "if-match", etag).status()).isEqualTo(412);
    assertThat(s3.send("DELETE", "/docs/absent", "", "if-match", etag).status()).isEqualTo(204);
  }

  @Test
  void digestsAreCompared() {
    assertThat(s3.send("PUT", "/docs/d", "d", "content-md5", "bm9uc2Vuc2U=").code())
        .isEqualTo("InvalidDigest");
    assertThat(s3.send("PUT", "/docs/d", "d", "content-md5", "XrY7u+Ae7tCTyyK7j1rNww==").code())
        .isEqualTo("BadDigest");
    assertThat(s3.send("PUT", "/docs/d", "d", "x-amz-checksum-crc32", "AAAAAA==").code())
        .isEqualTo("BadDigest");
    assertThat(
            s3.send(
                    "PUT",
                    "/docs/d",
                    "d",
                    "x-amz-checksum-crc32",
                    "AAAAAA==",
                    "x-amz-checksum-crc32c",
                    "AAAAAA==")
                .code())
        .isEqualTo("InvalidRequest");
    assertThat(s3.send("PUT", "/docs/d", "d", "x-amz-sdk-checksum-algorithm", "CRC32").code())
        .isEqualTo("InvalidRequest");
    String other = S3Client.hex(S3Client.sha256("e".getBytes(StandardCharsets.UTF_8)));
    assertThat(s3.send("PUT", "/docs/d", "d", "x-amz-content-sha256", other).code())
        .isEqualTo("XAmzContentSHA256Mismatch");
    assertThat(s3.send("GET", "/docs/d").status()).isEqualTo(404);
    S3Client.Answer xx =
        s3.send("PUT", "/docs/d", "123456789", "x-amz-checksum-xxhash64", "jLhB20DmroM=");
    assertThat(xx.header("x-amz-checksum-xxhash64")).isEqualTo("jLhB20DmroM=");
  }

  @Test
  void copies() {
    s3.send("PUT", "/docs/src%3F%26", "source", "x-amz-meta-a", "1", "x-amz-tagging", "k=v");
    assertThat(copy("/docs/src%3F%26", "/docs/dst").status()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/dst").header("x-amz-meta-a")).isEqualTo("1");
    assertThat(s3.send("GET", "/docs/dst").header("x-amz-tagging-count")).isEqualTo("1");
    assertThat(copy("docs/dst", "/docs/dst").code()).isEqualTo("InvalidRequest");
    assertThat(
            copy(
                    "docs/dst",
                    "/docs/dst",
                    "x-amz-metadata-directive",
                    "REPLACE",
                    "x-amz-meta-b",
                    "2")
                .status())
        .isEqualTo(200);
    S3Client.Answer replaced = s3.send("GET", "/docs/dst");
    assertThat(replaced.text()).isEqualTo("source");
    assertThat(replaced.header("x-amz-meta-a")).isNull();
    assertThat(replaced.header("x-amz-meta-b")).isEqualTo("2");
    assertThat(copy("docs/dst", "/docs/x", "x-amz-metadata-directive", "MOVE").code())
        .isEqualTo("InvalidArgument");
    assertThat(copy("docs/%zz", "/docs/x").code()).isEqualTo("InvalidArgument");
    assertThat(copy("docs/absent", "/docs/x").code()).isEqualTo("NoSuchKey");
    String etag = replaced.header("etag");
    assertThat(copy("docs/dst", "/docs/x", "x-amz-copy-source-if-none-match", etag).code())
        .isEqualTo("PreconditionFailed");
    assertThat(copy("docs/dst", "/docs/x", "x-amz-copy-source-if-match", etag).status())
        .isEqualTo(200);
  }

  private static S3Client.Answer copy(String source, String target, String... more) {
    String[] headers = java.util.Arrays.copyOf(more, more.length + 2);
    headers[more.length] = "x-amz-copy-source";
    headers[more.length + 1] = source;
    return s3.send("PUT", target, "", headers);
  }

  @Test
  void manyAreDeletedAtOnce() {
    s3.send("PUT", "/docs/m1", "1");
    String xml =
        "<Delete><Object><Key>m1</Key></Object><Object><Key>never</Key></Object>"
            + "<Object><Key>_anvil/x</Key></Object></Delete>";
    assertThat(s3.send("POST", "/docs?delete", xml).code()).isEqualTo("InvalidRequest");
    S3Client.Answer answer = deleteMany(xml);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.elements("Key")).containsExactly("m1", "never", "_anvil/x");
    assertThat(answer.code()).isEqualTo("UnauthorizedReservedNamespace");
    assertThat(s3.send("GET", "/docs/m1").status()).isEqualTo(404);
    StringBuilder many = new StringBuilder("<Delete>");
    for (int i = 0; i < 1_001; i++) {
      many.append("<Object><Key>k").append(i).append("</Key></Object>");
    }
    assertThat(deleteMany(many + "</Delete>").status()).isEqualTo(400);
    assertThat(deleteMany("<Delete><Object><Key>&#x1;</Key></Object></Delete>").code())
        .isEqualTo("MalformedXML");
    assertThat(deleteMany("<!DOCTYPE a [<!ENTITY b \"c\">]><Delete/>").code())
        .isEqualTo("MalformedXML");
  }

  private static S3Client.Answer deleteMany(String xml) {
    try {
      byte[] md5 =
          java.security.MessageDigest.getInstance("MD5")
              .digest(xml.getBytes(StandardCharsets.UTF_8));
      String text = java.util.Base64.getEncoder().encodeToString(md5);
      return s3.send("POST", "/docs?delete", xml, "content-md5", text);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tagsChangeInPlace() {
    s3.send("PUT", "/docs/t", "t", "x-amz-tagging", "a=1&b=x%20y");
    assertThat(s3.send("GET", "/docs/t?tagging").elements("Value")).containsExactly("1", "x y");
    String tags = "<Tagging><TagSet><Tag><Key>c</Key><Value>3</Value></Tag></TagSet></Tagging>";
    assertThat(s3.send("PUT", "/docs/t?tagging", tags).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/t?tagging").elements("Key")).containsExactly("c");
    assertThat(s3.send("DELETE", "/docs/t?tagging").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/docs/t?tagging").elements("Key")).isEmpty();
    assertThat(s3.send("GET", "/docs?tagging").code()).isEqualTo("NoSuchTagSet");
    assertThat(s3.send("PUT", "/docs?tagging", tags).status()).isEqualTo(204);
    assertThat(s3.send("GET", "/docs?tagging").elements("Key")).containsExactly("c");
  }

  @Test
  void theReservedNamespaceIsShut() {
    for (String method : new String[] {"GET", "PUT", "DELETE", "POST"}) {
      for (String target :
          new String[] {"/docs/_anvil", "/docs/_anvil/x", "/docs/%5Fanvil%2fx", "/none/_anvil/x"}) {
        for (String query : new String[] {"", "?uploads", "?retention", "?tagging", "?acl"}) {
          S3Client.Answer answer = s3.send(method, target + query);
          assertThat(answer.status()).as(method + target + query).isEqualTo(403);
          assertThat(answer.code()).isEqualTo("UnauthorizedReservedNamespace");
        }
      }
    }
    assertThat(copy("docs/_anvil/x", "/docs/y").code()).isEqualTo("UnauthorizedReservedNamespace");
    assertThat(s3.send("GET", "/docs?list-type=2&prefix=_anvil/").code())
        .isEqualTo("UnauthorizedReservedNamespace");
    assertThat(s3.send("PUT", "/docs/x/_anvil/y", "1").status()).isEqualTo(200);
  }

  @Test
  void errorsNameTheRequest() {
    S3Client.Answer answer = s3.send("GET", "/docs/absent");
    assertThat(answer.header("content-type")).isEqualTo("application/xml");
    assertThat(answer.element("RequestId")).isEqualTo(answer.header("x-amz-request-id"));
    assertThat(answer.element("Key")).isEqualTo("absent");
    assertThat(s3.send("HEAD", "/docs/absent").body()).isEmpty();
    assertThat(s3.send("GET", "/docs?website").code()).isEqualTo("NotImplemented");
    assertThat(s3.send("GET", "/docs?website").text()).contains("GetBucketWebsite");
    assertThat(s3.send("PUT", "/docs/" + "k".repeat(1_025), "").code())
        .isEqualTo("KeyTooLongError");
    assertThat(s3.send("PUT", "/docs/m", "", "x-amz-meta-m", "m".repeat(2_100)).code())
        .isEqualTo("MetadataTooLarge");
    assertThat(s3.send("GET", "/docs/m", "", "x-long", "m".repeat(9_000)).code())
        .isEqualTo("RequestHeaderSectionTooLarge");
  }

  @Test
  void presignedRequestsWorkAndEnd() {
    String put = s3.presigned("PUT", "/docs/pre", 60);
    assertThat(s3.anonymous("PUT", put, "pre".getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(200);
    String get = s3.presigned("GET", "/docs/pre?response-content-type=text%2Fz", 60);
    S3Client.Answer answer = s3.anonymous("GET", get, new byte[0]);
    assertThat(answer.text()).isEqualTo("pre");
    assertThat(answer.header("content-type")).isEqualTo("text/z");
    world.clock.move(java.time.Duration.ofSeconds(61));
    assertThat(s3.anonymous("GET", get, new byte[0]).code()).isEqualTo("AccessDenied");
    assertThat(s3.anonymous("GET", "/docs/pre", new byte[0]).code()).isEqualTo("AccessDenied");
  }
}
