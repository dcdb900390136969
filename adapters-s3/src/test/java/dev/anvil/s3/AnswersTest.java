package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.s3.S3Client.Answer;
import dev.anvil.s3.wire.UriCoding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and elements of answers, one by one, as clients read them. */
@Tag("fast")
final class AnswersTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String NAMESPACE = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

  private static GatewayWorld world;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    world = new GatewayWorld();
    s3 = world.client();
    s3.send("PUT", "/docs");
    s3.send("PUT", "/docs/hundred", "r".repeat(100));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void sixHeadersMayBeOverriddenByWhoSignsButByNobodyElse() {
    String query =
        "?response-content-type=text%2Fz&response-content-language=de&response-expires=soon"
            + "&response-cache-control=no-store&response-content-disposition=attachment"
            + "&response-content-encoding=br";
    for (String method : new String[] {"GET", "HEAD"}) {
      Answer answer = s3.send(method, "/docs/hundred" + query);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).isEqualTo("text/z");
      assertThat(answer.header("content-language")).isEqualTo("de");
      assertThat(answer.header("expires")).isEqualTo("soon");
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.header("content-disposition")).isEqualTo("attachment");
      assertThat(answer.header("content-encoding")).isEqualTo("br");
    }
    s3.send("PUT", "/open", "", "x-amz-object-ownership", "ObjectWriter");
    s3.send("PUT", "/open/k", "x", "x-amz-acl", "public-read");
    assertThat(s3.anonymous("GET", "/open/k", NOTHING).text()).isEqualTo("x");
    Answer refused = s3.anonymous("GET", "/open/k?response-expires=soon", NOTHING);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("InvalidRequest");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, bytes 0-0/100",
    "bytes=50-, bytes 50-99/100",
    "bytes=-1, bytes 99-99/100",
    "bytes=-101, bytes 0-99/100",
    "bytes=0-999999, bytes 0-99/100"
  })
  void rangesSayWhereTheyAre(String range, String told) {
    for (String method : new String[] {"GET", "HEAD"}) {
      Answer answer = s3.send(method, "/docs/hundred", "", "range", range);
      assertThat(answer.status()).isEqualTo(206);
      assertThat(answer.header("content-range")).isEqualTo(told);
      assertThat(answer.header("accept-ranges")).isEqualTo("bytes");
    }
  }

  @Test
  void aRangeBeyondTheEndTellsTheSize() {
    Answer refused = s3.send("GET", "/docs/hundred", "", "range", "bytes=100-110");
    assertThat(refused.status()).isEqualTo(416);
    assertThat(refused.element("ActualObjectSize")).isEqualTo("100");
    assertThat(refused.element("RangeRequested")).isEqualTo("bytes=100-110");
    assertThat(refused.header("content-range")).isEqualTo("bytes */100");
  }

  @Test
  void aPlainObjectIsItsFirstPart() {
    Answer first = s3.send("GET", "/docs/hundred?partNumber=1");
    assertThat(first.body()).hasSize(100);
    assertThat(first.header("content-length")).isEqualTo("100");
    Answer second = s3.send("GET", "/docs/hundred?partNumber=2");
    assertThat(second.status()).isEqualTo(416);
    assertThat(second.code()).isEqualTo("InvalidPartNumber");
  }

  @Test
  void refusedLooksHaveAStatusAndNoBody() {
    String etag = s3.send("HEAD", "/docs/hundred").header("etag");
    assertLook(404, "/docs/absent");
    assertLook(404, "/nowhere/k");
    assertLook(400, "/docs/hundred?versionId=bad");
    assertLook(416, "/docs/hundred", "range", "bytes=100-");
    assertLook(412, "/docs/hundred", "if-match", "\"x\"");
    assertLook(304, "/docs/hundred", "if-none-match", etag);
    Answer nobody = s3.anonymous("HEAD", "/docs/hundred", NOTHING);
    assertThat(nobody.status()).isEqualTo(403);
    assertThat(nobody.body()).isEmpty();
  }

  private static void assertLook(int status, String target, String... headers) {
    Answer answer = s3.send("HEAD", target, "", headers);
    assertThat(answer.status()).as(target).isEqualTo(status);
    assertThat(answer.body()).as(target).isEmpty();
    assertThat(answer.header("x-amz-request-id")).as(target).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not base64!", "AAAA"})
  void whatIsNoDigestIsNone(String md5) {
    assertThat(s3.send("PUT", "/docs/md5", "d", "content-md5", md5).code())
        .isEqualTo("InvalidDigest");
  }

  @Test
  void listsEncodeEveryNameInThem() {
    s3.send("PUT", "/names");
    for (String key : new String[] {"a%2Bb%2Bc", "a%2Bd", "a%2Be%2Bf"}) {
      assertThat(s3.send("PUT", "/names/" + key, "x").status()).isEqualTo(200);
    }
    String asked = "prefix=a%2B&delimiter=%2B&max-keys=1&encoding-type=url";
    Answer first = s3.send("GET", "/names?" + asked);
    assertOrder(
        first,
        "ListBucketResult " + NAMESPACE,
        "<Name>names</Name>",
        "<Prefix>a%2B</Prefix>",
        "<Marker></Marker>",
        "<NextMarker>a%2Bb%2B</NextMarker>",
        "<MaxKeys>1</MaxKeys>",
        "<Delimiter>%2B</Delimiter>",
        "<IsTruncated>true</IsTruncated>",
        "<CommonPrefixes><Prefix>a%2Bb%2B</Prefix></CommonPrefixes>");
    Answer rest = s3.send("GET", "/names?prefix=a%2B&encoding-type=url&marker=a%2Bb%2B");
    assertThat(rest.element("Marker")).isEqualTo("a%2Bb%2B");
    Answer second = s3.send("GET", "/names?list-type=2&start-after=a%2B&" + asked);
    assertOrder(
        second,
        "<Prefix>a%2B</Prefix>",
        "<StartAfter>a%2B</StartAfter>",
        "<NextContinuationToken>",
        "<KeyCount>1</KeyCount>",
        "<Delimiter>%2B</Delimiter>",
        "<EncodingType>url</EncodingType>");
    String token = second.element("NextContinuationToken");
    Answer next =
        s3.send(
            "GET",
            "/names?list-type=2&continuation-token=" + UriCoding.encode(token) + "&" + asked);
    assertThat(next.element("ContinuationToken")).isEqualTo(token);
    assertThat(next.elements("Key")).containsExactly("a%2Bd");
    Answer versions = s3.send("GET", "/names?versions&" + asked + "&key-marker=a%2Ba");
    assertOrder(
        versions,
        "ListVersionsResult " + NAMESPACE,
        "<KeyMarker>a%2Ba</KeyMarker>",
        "<NextKeyMarker>a%2Bb%2B</NextKeyMarker>",
        "<CommonPrefixes><Prefix>a%2Bb%2B</Prefix></CommonPrefixes>");
    assertThat(s3.send("GET", "/names?encoding-type=latin").code()).isEqualTo("InvalidArgument");
  }

  private static void assertOrder(Answer answer, String... pieces) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).containsSubsequence(pieces);
  }

  @Test
  void uploadsAreListedAfterTheirMarkers() {
    s3.send("PUT", "/ups");
    String one = s3.send("POST", "/ups/k%2B1?uploads").element("UploadId");
    String two = s3.send("POST", "/ups/k%2B1?uploads").element("UploadId");
    String three = s3.send("POST", "/ups/k%2B2?uploads").element("UploadId");
    assertThat(s3.send("GET", "/ups?uploads&upload-id-marker=" + two).elements("UploadId"))
        .as("without a key the marker says nothing")
        .containsExactly(one, two, three);
    assertThat(
            s3.send("GET", "/ups?uploads&key-marker=k%2B1&upload-id-marker=" + one)
                .elements("UploadId"))
        .containsExactly(two, three);
    assertThat(s3.send("GET", "/ups?uploads&key-marker=k%2B1").elements("UploadId"))
        .containsExactly(three);
    Answer page = s3.send("GET", "/ups?uploads&max-uploads=2&encoding-type=url&prefix=k%2B");
    assertOrder(
        page,
        "ListMultipartUploadsResult " + NAMESPACE,
        "<Bucket>ups</Bucket>",
        "<NextKeyMarker>k%2B1</NextKeyMarker>",
        "<NextUploadIdMarker>" + two + "</NextUploadIdMarker>",
        "<Prefix>k%2B</Prefix>",
        "<MaxUploads>2</MaxUploads>",
        "<IsTruncated>true</IsTruncated>",
        "<Key>k%2B1</Key>",
        "<Initiator><ID>");
    for (String part : new String[] {"1", "2", "3"}) {
      s3.send("PUT", "/ups/k%2B2?partNumber=" + part + "&uploadId=" + three, part);
    }
    Answer parts = s3.send("GET", "/ups/k%2B2?uploadId=" + three + "&part-number-marker=1");
    assertThat(parts.elements("PartNumber")).containsExactly("2", "3");
    assertThat(parts.element("PartNumberMarker")).isEqualTo("1");
    assertThat(s3.send("GET", "/ups/k%2B2?max-parts=5000&uploadId=" + three).element("MaxParts"))
        .isEqualTo("1000");
  }

  @Test
  void batchesTellOfMarkersAndOfQuiet() {
    s3.send("PUT", "/kept");
    s3.send(
        "PUT",
        "/kept?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    String version = s3.send("PUT", "/kept/a", "1").header("x-amz-version-id");
    Answer made = batch("<Object><Key>a</Key></Object>");
    assertThat(made.element("DeleteMarker")).isEqualTo("true");
    String marker = made.element("DeleteMarkerVersionId");
    assertThat(s3.send("GET", "/kept/a").code()).isEqualTo("NoSuchKey");
    Answer gone = batch("<Object><Key>a</Key><VersionId>" + marker + "</VersionId></Object>");
    assertThat(gone.element("VersionId")).isEqualTo(marker);
    assertThat(gone.element("DeleteMarker")).isEqualTo("true");
    assertThat(gone.element("DeleteMarkerVersionId")).isEqualTo(marker);
    assertThat(s3.send("GET", "/kept/a").header("x-amz-version-id")).isEqualTo(version);
    Answer quiet = batch("<Quiet>true</Quiet><Object><Key>a</Key></Object>");
    assertThat(quiet.text()).contains("<DeleteResult " + NAMESPACE).doesNotContain("<Deleted>");
  }

  private static Answer batch(String objects) {
    byte[] body = ("<Delete>" + objects + "</Delete>").getBytes(StandardCharsets.UTF_8);
    return s3.send("POST", "/kept?delete", body, "content-md5", S3Client.md5(body));
  }

  @Test
  void documentsHaveTheirNamespace() {
    for (String target : List.of("/", "/docs?location", "/docs?versioning", "/docs?acl")) {
      Answer answer = s3.send("GET", target);
      assertThat(answer.status()).as(target).isEqualTo(200);
      assertThat(answer.text()).as(target).startsWith("<?xml").contains(NAMESPACE);
      assertThat(answer.header("content-type")).as(target).isEqualTo("application/xml");
    }
    assertThat(s3.send("GET", "/docs/absent").text()).doesNotContain("xmlns");
  }
}
