package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Multipart uploads. */
@Tag("fast")
final class UploadsTest {
  private static final int LARGE = 5 << 20;

  /** CRC32 of so many zeros. */
  private static final String ZEROS = "yTuzdQ==";

  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client s3 = world.docsClient();

  private static String create(String key, String... headers) {
    S3Client.Answer answer = s3.send("POST", "/docs/" + key + "?uploads", "", headers);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.element("UploadId");
  }

  private static String part(String key, String id, int number, byte[] bytes, String... headers) {
    S3Client.Answer answer =
        s3.send(
            "PUT", "/docs/" + key + "?partNumber=" + number + "&uploadId=" + id, bytes, headers);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.header("etag");
  }

  private static String parts(String... etags) {
    StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < etags.length; i++) {
      xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
      xml.append(etags[i]).append("</ETag></Part>");
    }
    return xml + "</CompleteMultipartUpload>";
  }

  private static S3Client.Answer complete(String key, String id, String xml, String... headers) {
    return s3.send("POST", "/docs/" + key + "?uploadId=" + id, xml, headers);
  }

  @Test
  void partsBecomeOneObject() {
    String id = create("whole", "x-amz-meta-a", "1", "content-type", "a/b");
    byte[] large = new byte[LARGE];
    String first = part("whole", id, 1, large);
    String second = part("whole", id, 2, new byte[] {1, 2, 3});
    S3Client.Answer listed = s3.send("GET", "/docs/whole?uploadId=" + id + "&max-parts=1");
    assertThat(listed.elements("PartNumber")).containsExactly("1");
    assertThat(listed.element("IsTruncated")).isEqualTo("true");
    assertThat(listed.element("NextPartNumberMarker")).isEqualTo("1");
    assertThat(s3.send("GET", "/docs?uploads").elements("UploadId")).contains(id);
    assertThat(s3.send("GET", "/docs/whole").status()).isEqualTo(404);
    S3Client.Answer done = complete("whole", id, parts(first, second));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.element("ETag")).endsWith("-2&quot;");
    S3Client.Answer again = complete("whole", id, parts(first, second));
    assertThat(again.element("ETag")).isEqualTo(done.element("ETag"));
    assertThat(again.element("ChecksumCRC64NVME"))
        .isEqualTo(done.element("ChecksumCRC64NVME"))
        .isNotBlank();
    S3Client.Answer head = s3.send("HEAD", "/docs/whole");
    assertThat(head.header("content-length")).isEqualTo(Integer.toString(LARGE + 3));
    assertThat(head.header("content-type")).isEqualTo("a/b");
    S3Client.Answer piece = s3.send("GET", "/docs/whole?partNumber=2");
    assertThat(piece.status()).isEqualTo(206);
    assertThat(piece.body()).containsExactly(1, 2, 3);
    assertThat(piece.header("x-amz-mp-parts-count")).isEqualTo("2");
    assertThat(s3.send("GET", "/docs/whole?partNumber=3").code()).isEqualTo("InvalidPartNumber");
    assertThat(s3.send("GET", "/docs/whole?partNumber=1", "", "range", "bytes=0-1").code())
        .isEqualTo("InvalidRequest");
    S3Client.Answer copy = s3.send("PUT", "/docs/copied", "", "x-amz-copy-source", "docs/whole");
    assertThat(copy.element("ETag")).hasSize("&quot;".length() * 2 + 32);
  }

  @Test
  void wrongCompletionsHaveTheirNames() {
    String id = create("wrong");
    String small = part("wrong", id, 1, new byte[] {1});
    String other = part("wrong", id, 2, new byte[] {2});
    assertThat(complete("wrong", id, parts()).code()).isEqualTo("MalformedXML");
    assertThat(complete("wrong", id, "nonsense").code()).isEqualTo("MalformedXML");
    assertThat(complete("wrong", id, parts(small, other)).code()).isEqualTo("EntityTooSmall");
    assertThat(complete("wrong", id, parts(other)).code()).isEqualTo("InvalidPart");
    String backwards =
        "<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>"
            + other
            + "</ETag></Part><Part><PartNumber>1</PartNumber><ETag>"
            + small
            + "</ETag></Part></CompleteMultipartUpload>";
    assertThat(complete("wrong", id, backwards).code()).isEqualTo("InvalidPartOrder");
    assertThat(complete("wrong", "nope", parts(small)).code()).isEqualTo("NoSuchUpload");
    assertThat(complete("wrong", id, parts(small), "x-amz-mp-object-size", "7").code())
        .isEqualTo("InvalidRequest");
    assertThat(s3.send("PUT", "/docs/wrong?partNumber=0&uploadId=" + id, "x").code())
        .isEqualTo("InvalidArgument");
    assertThat(s3.send("PUT", "/docs/wrong?partNumber=10001&uploadId=" + id, "x").code())
        .isEqualTo("InvalidArgument");
    assertThat(s3.send("DELETE", "/docs/wrong?uploadId=" + id).status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/docs/wrong?uploadId=" + id).code()).isEqualTo("NoSuchUpload");
  }

  @Test
  void conditionsAreDecidedAtTheEnd() {
    String id = create("once");
    String etag = part("once", id, 1, new byte[] {1});
    s3.send("PUT", "/docs/once", "meanwhile");
    assertThat(complete("once", id, parts(etag), "if-none-match", "*").code())
        .isEqualTo("PreconditionFailed");
    String tag = s3.send("HEAD", "/docs/once").header("etag");
    assertThat(complete("once", id, parts(etag), "if-match", tag).status()).isEqualTo(200);
  }

  @Test
  void partsAreToldWithTheChecksumsTheyCameWith() {
    String id = create("told", "x-amz-checksum-algorithm", "CRC32");
    String sum = "y/Q5Jg==";
    byte[] digits = "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    String target = "/docs/told?uploadId=" + id + "&partNumber=";
    S3Client.Answer first =
        s3.send("PUT", target + 1, new byte[LARGE], "x-amz-checksum-crc32", ZEROS);
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    String second = part("told", id, 2, digits, "x-amz-checksum-crc32", sum);
    String named =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag><ChecksumCRC32>%s"
            + "</ChecksumCRC32></Part><Part><PartNumber>2</PartNumber><ETag>%s</ETag>"
            + "<ChecksumCRC32>%s</ChecksumCRC32></Part></CompleteMultipartUpload>";
    S3Client.Answer done =
        complete("told", id, named.formatted(first.header("etag"), ZEROS, second, sum));
    assertThat(done.element("ChecksumCRC32")).as(done.text()).endsWith("-2");
    S3Client.Answer told =
        s3.send("GET", "/docs/told?attributes", "", "x-amz-object-attributes", "ObjectParts");
    assertThat(told.elements("ChecksumCRC32")).containsExactly(ZEROS, sum);
    assertThat(told.elements("Size")).containsExactly(Integer.toString(LARGE), "9");
    String[] enabled = {"x-amz-checksum-mode", "ENABLED"};
    S3Client.Answer got = s3.send("GET", "/docs/told?partNumber=2", "", enabled);
    assertThat(got.body()).isEqualTo(digits);
    assertThat(got.header("x-amz-checksum-crc32")).isEqualTo(sum);
    assertThat(s3.send("HEAD", "/docs/told?partNumber=1", "", enabled))
        .extracting(a -> a.header("x-amz-checksum-crc32"))
        .isEqualTo(ZEROS);
    assertThat(s3.send("HEAD", "/docs/told", "", enabled).header("x-amz-checksum-crc32"))
        .isEqualTo(done.element("ChecksumCRC32"));
    String plain = create("plain");
    part("plain", plain, 1, digits);
    complete("plain", plain, parts(part("plain", plain, 1, digits)));
    S3Client.Answer none =
        s3.send("GET", "/docs/plain?attributes", "", "x-amz-object-attributes", "ObjectParts");
    assertThat(none.elements("Size")).containsExactly("9");
    assertThat(none.text()).doesNotContain("<Checksum");
  }

  @Test
  void checksumsOfPartsMakeThoseOfTheWhole() {
    String id = create("sum", "x-amz-checksum-algorithm", "CRC32");
    assertThat(s3.send("PUT", "/docs/sum?partNumber=1&uploadId=" + id, "1").code())
        .isEqualTo("InvalidRequest");
    String sum = "g9zvtw==";
    String first = part("sum", id, 1, new byte[] {49}, "x-amz-checksum-crc32", sum);
    assertThat(
            s3.send(
                    "PUT",
                    "/docs/sum?partNumber=1&uploadId=" + id,
                    new byte[] {49},
                    "x-amz-checksum-sha1",
                    "NWoZK3kTsExUV00Ywo1G5jlUKKs=")
                .code())
        .isEqualTo("InvalidRequest");
    assertThat(complete("sum", id, parts(first)).code()).isEqualTo("InvalidRequest");
    String named =
        parts(first).replace("</Part>", "<ChecksumCRC32>" + sum + "</ChecksumCRC32></Part>");
    assertThat(complete("sum", id, named, "x-amz-checksum-type", "FULL_OBJECT").code())
        .isEqualTo("InvalidRequest");
    S3Client.Answer done = complete("sum", id, named);
    assertThat(done.element("ChecksumType")).isEqualTo("COMPOSITE");
    assertThat(done.element("ChecksumCRC32")).endsWith("-1");
    String whole =
        create("full", "x-amz-checksum-algorithm", "CRC32", "x-amz-checksum-type", "FULL_OBJECT");
    String only =
        part("full", whole, 1, "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(complete("full", whole, parts(only), "x-amz-checksum-crc32", "AAAAAA==").code())
        .isEqualTo("BadDigest");
    S3Client.Answer full = complete("full", whole, parts(only), "x-amz-checksum-crc32", "y/Q5Jg==");
    assertThat(full.element("ChecksumCRC32")).as(full.text()).isEqualTo("y/Q5Jg==");
    assertThat(
            s3.send(
                    "POST",
                    "/docs/x?uploads",
                    "",
                    "x-amz-checksum-algorithm",
                    "SHA1",
                    "x-amz-checksum-type",
                    "FULL_OBJECT")
                .code())
        .isEqualTo("InvalidRequest");
  }

  @Test
  void partsAreCopiedByRange() {
    s3.send("PUT", "/docs/source", "0123456789");
    String id = create("cp");
    assertThat(copyPart(id, "bytes=2-4").status()).isEqualTo(200);
    assertThat(copyPart(id, "bytes=2-40").code()).isEqualTo("InvalidRange");
    assertThat(copyPart(id, "2-4").code()).isEqualTo("InvalidArgument");
    S3Client.Answer made = copyPart(id, "bytes=2-4");
    String etag = made.element("ETag").replace("&quot;", "\"");
    assertThat(complete("cp", id, parts(etag)).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/docs/cp").text()).isEqualTo("234");
  }

  private static S3Client.Answer copyPart(String id, String range) {
    return s3.send(
        "PUT",
        "/docs/cp?partNumber=1&uploadId=" + id,
        "",
        "x-amz-copy-source",
        "docs/source",
        "x-amz-copy-source-range",
        range);
  }

  @Test
  void uploadsAreListedInPages() {
    s3.send("PUT", "/ups");
    for (String key : new String[] {"a", "b/1", "b/2", "c"}) {
      s3.send("POST", "/ups/" + key + "?uploads");
    }
    S3Client.Answer page = s3.send("GET", "/ups?uploads&delimiter=/&max-uploads=2");
    assertThat(page.elements("Key")).containsExactly("a");
    assertThat(page.element("CommonPrefixes")).contains("b/");
    assertThat(page.element("IsTruncated")).isEqualTo("true");
    S3Client.Answer next =
        s3.send("GET", "/ups?uploads&delimiter=/&key-marker=" + page.element("NextKeyMarker"));
    assertThat(next.elements("Key")).containsExactly("c");
    assertThat(next.element("IsTruncated")).isEqualTo("false");
    assertThat(s3.send("DELETE", "/ups").status()).as("open uploads do not matter").isEqualTo(204);
  }
}
