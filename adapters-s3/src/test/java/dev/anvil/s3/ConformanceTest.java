package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Digests;
import dev.anvil.s3.body.OtherDigests;
import dev.anvil.s3.body.S3Checksum;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What independent suites of other servers look at and the other tests do not. */
@Tag("fast")
final class ConformanceTest {
  private static final int LARGE = 5 << 20;
  private static final byte[] ABC = {'a', 'b', 'c'};

  private static GatewayWorld world;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    world = new GatewayWorld();
    s3 = world.client();
    s3.send("PUT", "/docs");
    s3.send("PUT", "/other");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static S3Client.Answer copy(String from, String to, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "x-amz-copy-source";
    all[headers.length + 1] = from;
    return s3.send("PUT", to, "", all);
  }

  private static S3Client.Answer head(String target) {
    return s3.send("HEAD", target, "", "x-amz-checksum-mode", "ENABLED");
  }

  @ParameterizedTest
  @CsvSource({
    "SHA256, ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
    "SHA1, qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
    "CRC32, NSRBwg==",
    "XXHASH64, RLws9a13CZk=",
    "MD5, kAFQmDzST7DWlj99KOF/cg=="
  })
  void copiesHaveTheChecksumThatIsAskedFor(String algorithm, String value) {
    s3.send("PUT", "/docs/abc", "abc", "x-amz-checksum-sha512", checksum("SHA512", ABC));
    for (String to : List.of("/docs/copy-" + algorithm, "/other/copy-" + algorithm)) {
      S3Client.Answer copied = copy("docs/abc", to, "x-amz-checksum-algorithm", algorithm);
      assertThat(copied.status()).as(copied.text()).isEqualTo(200);
      assertThat(copied.element("Checksum" + algorithm)).isEqualTo(value);
      assertThat(copied.element("ChecksumSHA512")).isNull();
      S3Client.Answer head = head(to);
      assertThat(head.header("x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT)))
          .isEqualTo(value);
      assertThat(head.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
      assertThat(head.header("x-amz-checksum-sha512")).isNull();
    }
    assertThat(copy("docs/abc", "/docs/kept").element("ChecksumSHA512"))
        .isEqualTo(checksum("SHA512", ABC));
    assertThat(copy("docs/abc", "/docs/x", "x-amz-checksum-algorithm", "CRC31").status())
        .isEqualTo(400);
  }

  private static String upload(String key, String algorithm, String type) {
    return s3.send(
            "POST",
            "/docs/" + key + "?uploads",
            "",
            "x-amz-checksum-algorithm",
            algorithm,
            "x-amz-checksum-type",
            type)
        .element("UploadId");
  }

  private static S3Client.Answer part(
      String key, String id, int number, byte[] bytes, String algorithm) {
    return s3.send(
        "PUT",
        "/docs/" + key + "?partNumber=" + number + "&uploadId=" + id,
        bytes,
        "x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT),
        checksum(algorithm, bytes));
  }

  private static String checksum(String algorithm, byte[] bytes) {
    DigestAlgorithm named = S3Checksum.byName(algorithm).digest();
    Digests digests = new Digests(Set.of(named), OtherDigests.ALL);
    digests.update(ByteBuffer.wrap(bytes));
    return Base64.getEncoder().encodeToString(digests.end().get(named));
  }

  private static String claims(String element, S3Client.Answer... parts) {
    StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < parts.length; i++) {
      String value = parts[i].header("x-amz-checksum-" + element.toLowerCase(Locale.ROOT));
      xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
      xml.append(parts[i].header("etag")).append("</ETag><Checksum").append(element).append('>');
      xml.append(value).append("</Checksum").append(element).append("></Part>");
    }
    return xml + "</CompleteMultipartUpload>";
  }

  @ParameterizedTest
  @CsvSource({"XXHASH64", "XXHASH3", "XXHASH128", "SHA512"})
  void everyAlgorithmHasAChecksumOverParts(String algorithm) {
    String key = "composite-" + algorithm;
    String id = upload(key, algorithm, "COMPOSITE");
    S3Client.Answer one = part(key, id, 1, new byte[LARGE], algorithm);
    S3Client.Answer two = part(key, id, 2, new byte[] {1, 2, 3}, algorithm);
    String header = "x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT);
    byte[] values =
        concat(
            Base64.getDecoder().decode(one.header(header)),
            Base64.getDecoder().decode(two.header(header)));
    String ofValues = checksum(algorithm, values);
    S3Client.Answer done =
        s3.send("POST", "/docs/" + key + "?uploadId=" + id, claims(algorithm, one, two));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.element("Checksum" + algorithm)).isEqualTo(ofValues + "-2");
    assertThat(head("/docs/" + key).header("x-amz-checksum-type")).isEqualTo("COMPOSITE");
    // a plain copy has the same algorithm over all its bytes
    S3Client.Answer copied = copy("docs/" + key, "/docs/plain-" + algorithm);
    assertThat(copied.element("ChecksumType")).isEqualTo("FULL_OBJECT");
    assertThat(copied.element("Checksum" + algorithm)).isNotBlank().doesNotContain("-2");
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  @Test
  void claimsOfOtherChecksumsAreBadDigests() {
    String id = upload("claims", "CRC32C", "FULL_OBJECT");
    S3Client.Answer one = part("claims", id, 1, new byte[] {1}, "CRC32C");
    String sha256 = "n2alat9FhKiZXkZO18V2LLcZFM3IT8R7DjSMvK//7WU=";
    String xml =
        claims("CRC32C", one)
            .replaceAll(
                "<ChecksumCRC32C>.*</ChecksumCRC32C>",
                "<ChecksumSHA256>" + sha256 + "</ChecksumSHA256>");
    S3Client.Answer refused = s3.send("POST", "/docs/claims?uploadId=" + id, xml);
    assertThat(refused.element("Code")).isEqualTo("BadDigest");
    assertThat(refused.element("Message"))
        .isEqualTo("The sha256 you specified for part 1 did not match what we received.");
  }

  @Test
  void attributesListTheParts() {
    String id = upload("parts", "CRC32", "COMPOSITE");
    S3Client.Answer one = part("parts", id, 1, new byte[LARGE], "CRC32");
    S3Client.Answer two = part("parts", id, 2, new byte[LARGE + 1], "CRC32");
    S3Client.Answer three = part("parts", id, 3, new byte[] {3}, "CRC32");
    s3.send("POST", "/docs/parts?uploadId=" + id, claims("CRC32", one, two, three));
    S3Client.Answer all =
        s3.send("GET", "/docs/parts?attributes", "", "x-amz-object-attributes", "ObjectParts");
    assertThat(all.element("PartsCount")).isEqualTo("3");
    assertThat(all.elements("PartNumber")).containsExactly("1", "2", "3");
    assertThat(all.elements("Size")).containsExactly("" + LARGE, "" + (LARGE + 1), "1");
    assertThat(all.element("IsTruncated")).isEqualTo("false");
    S3Client.Answer page =
        s3.send(
            "GET",
            "/docs/parts?attributes",
            "",
            "x-amz-object-attributes",
            "ObjectParts",
            "x-amz-max-parts",
            "1",
            "x-amz-part-number-marker",
            "1");
    assertThat(page.elements("PartNumber")).containsExactly("2");
    assertThat(page.element("NextPartNumberMarker")).isEqualTo("2");
    assertThat(page.element("IsTruncated")).isEqualTo("true");
  }

  @Test
  void deletesMayDemandSizeAndTime() {
    s3.send("PUT", "/docs/sized", "12345");
    String time = s3.send("HEAD", "/docs/sized").header("last-modified");
    assertThat(delete("x-amz-if-match-size", "6")).isEqualTo(412);
    assertThat(delete("x-amz-if-match-last-modified-time", "Thu, 01 Jan 1998 00:00:00 GMT"))
        .isEqualTo(412);
    assertThat(delete("x-amz-if-match-size", "5", "if-match", "\"wrong\"")).isEqualTo(412);
    assertThat(s3.send("HEAD", "/docs/sized").status()).isEqualTo(200);
    assertThat(delete("x-amz-if-match-size", "5", "x-amz-if-match-last-modified-time", time))
        .isEqualTo(204);
    assertThat(s3.send("HEAD", "/docs/sized").status()).isEqualTo(404);
    assertThat(delete("x-amz-if-match-size", "5")).isEqualTo(204);
  }

  private static int delete(String... headers) {
    return s3.send("DELETE", "/docs/sized", "", headers).status();
  }

  @Test
  void anUploadIsEndedOnlyIfItBeganThen() {
    String id = upload("began", "CRC32", "COMPOSITE");
    String target = "/docs/began?uploadId=" + id;
    String header = "x-amz-if-match-initiated-time";
    assertThat(s3.send("DELETE", target, "", header, "Thu, 01 Jan 1998 00:00:00 GMT").status())
        .isEqualTo(412);
    assertThat(s3.send("GET", target).status()).isEqualTo(200);
    assertThat(s3.send("DELETE", target, "", header, "Fri, 01 Jan 2100 00:00:00 GMT").status())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "01G65Z755AFWAKHE12NY0CQ9FH, 404, NoSuchVersion",
    "L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY_MTRcxf3, 404, NoSuchVersion",
    "invalid_versionId, 400, InvalidArgument",
    "../../secret.txt, 400, InvalidArgument"
  })
  void versionsOfOtherServersAreNotThere(String id, int status, String code) {
    s3.send("PUT", "/docs/v", "v");
    S3Client.Answer got =
        s3.send("GET", "/docs/v?versionId=" + id.replace("/", "%2F").replace("+", "%2B"));
    assertThat(got.status()).as(got.text()).isEqualTo(status);
    assertThat(got.element("Code")).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /docs/k?uploads, 400, InvalidRequest",
    "GET, /docs/k?versions, 400, InvalidRequest",
    "PUT, /docs/k?partNumber=1, 400, InvalidArgument",
    "PUT, /docs/k?uploadId=x, 405, MethodNotAllowed",
    "POST, /docs/k, 405, MethodNotAllowed",
    "POST, /docs, 412, PreconditionFailed",
    "POST, /, 405, MethodNotAllowed"
  })
  void addressesThatMeanNothing(String method, String target, int status, String code) {
    S3Client.Answer answer = s3.send(method, target, "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.element("Code")).isEqualTo(code);
    if (status == 405) {
      assertThat(answer.element("Method")).isEqualTo(method);
    }
  }

  @Test
  void onlyWhatIsPutIsACopy() {
    for (String method : List.of("GET", "DELETE")) {
      S3Client.Answer answer = s3.send(method, "/docs/k", "", "x-amz-copy-source", "docs/abc");
      assertThat(answer.element("ArgumentName")).as(method).isEqualTo("x-amz-copy-source");
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  @Test
  void callersWithoutAllBucketsListTheirOwn() {
    s3.send("PUT", "/mine-one");
    S3Client few = world.client(world.application("acme", "few", "bucket:list|bucket:mine-one"));
    S3Client.Answer listed = few.send("GET", "/");
    assertThat(listed.elements("Name")).containsExactly("mine-one");
    S3Client none = world.client(world.application("acme", "none", "object:read|bucket:docs"));
    assertThat(none.send("GET", "/").element("Code")).isEqualTo("AccessDenied");
  }
}
