package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Buckets, their lists, their versions, and how they are addressed. */
@Tag("fast")
final class BucketsTest {
  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client s3 = world.client();

  private static void keys(String bucket, String... keys) {
    s3.send("PUT", "/" + bucket);
    for (String key : keys) {
      assertThat(s3.send("PUT", "/" + bucket + "/" + key, "x").status()).isEqualTo(200);
    }
  }

  @Test
  void lifeOfABucket() {
    assertThat(s3.send("PUT", "/life").status()).isEqualTo(200);
    assertThat(s3.send("PUT", "/life").status()).isEqualTo(200);
    assertThat(world.client(world.other).send("PUT", "/life").code())
        .isEqualTo("BucketAlreadyExists");
    assertThat(s3.send("HEAD", "/life").header("x-amz-bucket-region")).isEqualTo("us-east-1");
    assertThat(s3.anonymous("HEAD", "/life", new byte[0]).header("x-amz-bucket-region"))
        .isEqualTo("us-east-1");
    assertThat(s3.send("GET", "/").elements("Name")).contains("life");
    assertThat(s3.send("GET", "/life?location").text()).contains("<LocationConstraint");
    s3.send("PUT", "/life/k", "1");
    assertThat(s3.send("DELETE", "/life").code()).isEqualTo("BucketNotEmpty");
    s3.send("DELETE", "/life/k");
    assertThat(s3.send("DELETE", "/life").status()).isEqualTo(204);
    assertThat(s3.send("HEAD", "/life").status()).isEqualTo(404);
    assertThat(s3.send("GET", "/").elements("Name")).doesNotContain("life");
    for (String wrong : new String[] {"ab", "Upper", "a..b", "1.2.3.4", "-ab", "a_b", "a.-b"}) {
      assertThat(s3.send("PUT", "/" + wrong).code()).as(wrong).isEqualTo("InvalidBucketName");
    }
    String elsewhere =
        "<CreateBucketConfiguration><LocationConstraint>mars</LocationConstraint>"
            + "</CreateBucketConfiguration>";
    assertThat(s3.send("PUT", "/elsewhere", elsewhere).code())
        .isEqualTo("InvalidLocationConstraint");
  }

  @Test
  void bucketsAreListedInPages() {
    for (String name : new String[] {"pg-a", "pg-b", "pg-c"}) {
      s3.send("PUT", "/" + name);
    }
    S3Client.Answer page = s3.send("GET", "/?max-buckets=1");
    assertThat(page.elements("Name")).hasSize(1);
    String token = dev.anvil.s3.wire.UriCoding.encode(page.element("ContinuationToken"));
    assertThat(s3.send("GET", "/?continuation-token=" + token).elements("Name"))
        .doesNotContain(page.element("Name"))
        .isNotEmpty();
    assertThat(s3.send("GET", "/?prefix=pg-").elements("Name"))
        .containsExactly("pg-a", "pg-b", "pg-c");
  }

  @Test
  void pagesOfKeys() {
    keys("pages", "a", "b/1", "b/2", "c/1", "d", "e%0D", "f%01");
    S3Client.Answer one = s3.send("GET", "/pages?list-type=2&delimiter=/&max-keys=2");
    assertThat(one.elements("Key")).containsExactly("a");
    assertThat(one.elements("Prefix")).contains("b/");
    assertThat(one.element("IsTruncated")).isEqualTo("true");
    assertThat(one.element("KeyCount")).isEqualTo("2");
    String token = dev.anvil.s3.wire.UriCoding.encode(one.element("NextContinuationToken"));
    S3Client.Answer two =
        s3.send(
            "GET",
            "/pages?list-type=2&delimiter=/&max-keys=2&start-after=zzz&continuation-token="
                + token);
    assertThat(two.elements("Key")).containsExactly("d");
    assertThat(two.text()).contains("<Prefix>c/</Prefix>").doesNotContain("<Prefix>b/</Prefix>");
    assertThat(two.element("StartAfter")).isEqualTo("zzz");
    List<String> seen = new ArrayList<>();
    String marker = "";
    while (true) {
      S3Client.Answer page =
          s3.send("GET", "/pages?delimiter=/&max-keys=1&encoding-type=url&marker=" + marker);
      seen.addAll(page.elements("Key"));
      if (page.element("CommonPrefixes") != null) {
        seen.add(page.elements("Prefix").getLast());
      }
      if (page.element("IsTruncated").equals("false")) {
        break;
      }
      marker = page.element("NextMarker");
    }
    assertThat(seen).containsExactly("a", "b/", "c/", "d", "e%0D", "f%01");
    assertThat(s3.send("GET", "/pages?max-keys=1").element("NextMarker")).isNull();
  }

  @Test
  void oddNumbersAndKeysOfLists() throws Exception {
    keys("odd", "a%2Bb", "quux%20ab/x", "e%0D", "f%01", "%3C%26%3E");
    assertThat(s3.send("GET", "/odd?max-keys=0").element("IsTruncated")).isEqualTo("false");
    assertThat(s3.send("GET", "/odd?max-keys=0").elements("Key")).isEmpty();
    assertThat(s3.send("GET", "/odd?max-keys=blah").code()).isEqualTo("InvalidArgument");
    assertThat(s3.send("GET", "/odd?max-keys=-1").code()).isEqualTo("InvalidArgument");
    assertThat(s3.send("GET", "/odd?max-keys=5000").element("MaxKeys")).isEqualTo("1000");
    assertThat(s3.send("GET", "/odd?encoding-type=url").elements("Key"))
        .containsExactly("%3C%26%3E", "a%2Bb", "e%0D", "f%01", "quux%20ab/x");
    S3Client.Answer empty = s3.send("GET", "/odd?list-type=2&continuation-token=");
    assertThat(empty.text()).contains("<ContinuationToken></ContinuationToken>");
    String plain = s3.send("GET", "/odd").text();
    assertThat(plain).contains("e&#13;");
    javax.xml.parsers.DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new java.io.ByteArrayInputStream(plain.getBytes(StandardCharsets.UTF_8)));
    assertThat(s3.send("GET", "/odd?list-type=2&continuation-token=junk").code())
        .isEqualTo("InvalidArgument");
  }

  @Test
  void versionsStackAndMarkersHide() {
    keys("vers", "k");
    version("Enabled");
    assertThat(s3.send("GET", "/vers?versioning").element("Status")).isEqualTo("Enabled");
    String two = s3.send("PUT", "/vers/k", "two").header("x-amz-version-id");
    assertThat(two).isNotBlank();
    S3Client.Answer marked = s3.send("DELETE", "/vers/k");
    String marker = marked.header("x-amz-version-id");
    assertThat(marked.header("x-amz-delete-marker")).isEqualTo("true");
    S3Client.Answer gone = s3.send("GET", "/vers/k");
    assertThat(gone.code()).isEqualTo("NoSuchKey");
    assertThat(gone.header("x-amz-delete-marker")).isEqualTo("true");
    S3Client.Answer asked = s3.send("GET", "/vers/k?versionId=" + marker);
    assertThat(asked.status()).isEqualTo(405);
    assertThat(asked.header("x-amz-delete-marker")).isEqualTo("true");
    assertThat(s3.send("GET", "/vers/k?versionId=null").text()).isEqualTo("x");
    assertThat(s3.send("GET", "/vers/k?versionId=" + two).text()).isEqualTo("two");
    S3Client.Answer list = s3.send("GET", "/vers?versions");
    assertThat(list.elements("VersionId")).containsExactly(marker, two, "null");
    assertThat(list.elements("IsLatest")).containsExactly("true", "false", "false");
    S3Client.Answer page = s3.send("GET", "/vers?versions&max-keys=1");
    assertThat(page.element("NextVersionIdMarker")).isEqualTo(marker);
    assertThat(
            s3.send("GET", "/vers?versions&key-marker=k&version-id-marker=" + marker)
                .elements("VersionId"))
        .contains(two, "null")
        .doesNotContain(marker + "x");
    assertThat(s3.send("DELETE", "/vers/k?versionId=" + marker).status()).isEqualTo(204);
    assertThat(s3.send("GET", "/vers/k").text()).isEqualTo("two");
    assertThat(s3.send("GET", "/vers/k?versionId=00000007ffffffffffffffff").code())
        .isEqualTo("NoSuchVersion");
    assertThat(s3.send("GET", "/vers/k?versionId=bad").code()).isEqualTo("InvalidArgument");
    version("Suspended");
    assertThat(s3.send("PUT", "/vers/k", "null now").header("x-amz-version-id")).isNull();
    assertThat(s3.send("HEAD", "/vers/k").header("x-amz-version-id")).isEqualTo("null");
    assertThat(s3.send("DELETE", "/vers/k").header("x-amz-version-id")).isEqualTo("null");
    assertThat(s3.send("DELETE", "/vers/k?versionId=null").header("x-amz-delete-marker"))
        .isEqualTo("true");
    assertThat(s3.send("GET", "/vers/k").text()).isEqualTo("two");
  }

  private static void version(String status) {
    String xml =
        "<VersioningConfiguration><Status>" + status + "</Status></VersioningConfiguration>";
    assertThat(s3.send("PUT", "/vers?versioning", xml).status()).isEqualTo(200);
  }

  @Test
  void hostsNameBuckets() {
    keys("host.ed", "v1/x");
    String host = "host.ed.s3.test:" + world.port();
    assertThat(s3.send("GET", "/v1/x", "", "host", host).text()).isEqualTo("x");
    assertThat(s3.send("GET", "/?list-type=2", "", "host", host).elements("Key"))
        .containsExactly("v1/x");
    assertThat(s3.send("GET", "/host.ed/v1/x", "", "host", "s3.test").text()).isEqualTo("x");
  }

  @Test
  void proxiesThatAreTrustedMayRewrite() {
    keys("proxied", "%C3%BC");
    var headers = s3.signed("GET", "/prefix/proxied/%C3%BC", new byte[0], "host", "outside.test:9");
    headers.put("host", "127.0.0.1:" + world.port());
    assertThat(s3.raw("GET", "/proxied/%C3%BC", new byte[0], headers).code())
        .isEqualTo("SignatureDoesNotMatch");
    headers.put("x-forwarded-host", "outside.test");
    headers.put("x-forwarded-port", "9");
    headers.put("x-forwarded-prefix", "/prefix/");
    S3Client.Answer answer = s3.raw("GET", "/proxied/%C3%BC", new byte[0], headers);
    assertThat(answer.text()).isEqualTo("x");
  }

  @Test
  void proxiesMayTakeExpectAwayAndNothingElse() {
    byte[] body = {'x'};
    s3.send("PUT", "/stripped");
    var headers = s3.signed("PUT", "/stripped/k", body, "expect", "100-continue", "x-a", "1");
    headers.remove("expect");
    S3Client.Answer answer = s3.raw("PUT", "/stripped/k", body, headers);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    headers.remove("x-a");
    assertThat(s3.raw("PUT", "/stripped/k", body, headers).code())
        .isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void strangersSeeNothing() {
    keys("mine", "k");
    S3Client other = world.client(world.other);
    assertThat(other.send("GET", "/mine/k").status()).isEqualTo(403);
    assertThat(s3.anonymous("GET", "/mine/k", new byte[0]).code()).isEqualTo("AccessDenied");
    S3Client reader =
        world.client(world.application("acme", "reader", "object:read|bucket:mine/*"));
    assertThat(reader.send("GET", "/mine/k").text()).isEqualTo("x");
    assertThat(reader.send("PUT", "/mine/k", "y").code()).isEqualTo("AccessDenied");
    assertThat(reader.send("GET", "/").code()).isEqualTo("AccessDenied");
    assertThat(s3.send("GET", "/mine?acl").element("Permission")).isEqualTo("FULL_CONTROL");
  }
}
