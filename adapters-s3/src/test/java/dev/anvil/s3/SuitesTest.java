package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the suites of Ceph and of versitygw found, where AWS behaves as they want it. */
@Tag("fast")
final class SuitesTest {
  private static final String REDIRECT = "x-amz-website-redirect-location";
  private static final long BOUND_NANOS = 10_000_000_000L;
  private static final byte[] NOTHING = new byte[0];

  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client s3 = world.docsClient();

  @Test
  void redirectsAreKeptAndToldAndNotCopied() {
    assertThat(s3.send("PUT", "/docs/r", "1", REDIRECT, "/there").status()).isEqualTo(200);
    assertThat(s3.send("HEAD", "/docs/r").header(REDIRECT)).isEqualTo("/there");
    assertThat(s3.send("GET", "/docs/r").header(REDIRECT)).isEqualTo("/there");
    s3.send("PUT", "/docs/r2", "", "x-amz-copy-source", "docs/r");
    assertThat(s3.send("HEAD", "/docs/r2").header(REDIRECT)).isNull();
    s3.send("PUT", "/docs/r2", "", "x-amz-copy-source", "docs/r", REDIRECT, "https://a.example/");
    assertThat(s3.send("HEAD", "/docs/r2").header(REDIRECT)).isEqualTo("https://a.example/");
    assertThat(
            s3.send("PUT", "/docs/r2", "", "x-amz-copy-source", "docs/r2", REDIRECT, "/x").status())
        .isEqualTo(200);
    assertThat(s3.send("HEAD", "/docs/r2").header(REDIRECT)).isEqualTo("/x");
    String id =
        s3.send("POST", "/docs/r3?uploads", "", REDIRECT, "http://b.example").element("UploadId");
    String part = "/docs/r3?partNumber=1&uploadId=" + id;
    String etag = s3.send("PUT", part, "p").header("etag");
    s3.send(
        "POST",
        "/docs/r3?uploadId=" + id,
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>");
    assertThat(s3.send("GET", "/docs/r3").header(REDIRECT)).isEqualTo("http://b.example");
    assertThat(s3.send("PUT", "/docs/bad", "1", REDIRECT, "ftp://x").code())
        .isEqualTo("InvalidRedirectLocation");
    assertThat(s3.send("PUT", "/docs/bad", "1", REDIRECT, "/" + "x".repeat(2048)).code())
        .isEqualTo("InvalidRedirectLocation");
  }

  @Test
  void versionsThatAreNotThereNeedNotBeDeleted() {
    s3.send("PUT", "/vers");
    s3.send(
        "PUT",
        "/vers?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    String version = s3.send("PUT", "/vers/k", "1").header("x-amz-version-id");
    for (String key : new String[] {"k", "k", "other"}) {
      S3Client.Answer gone = s3.send("DELETE", "/vers/" + key + "?versionId=" + version);
      assertThat(gone.status()).isEqualTo(204);
      assertThat(gone.header("x-amz-version-id")).isEqualTo(version);
    }
    String foreign = "01KF2YVN948NAZ4JJR4X1AAVRA";
    assertThat(s3.send("DELETE", "/vers/k?versionId=" + foreign).status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/vers/k?versionId=x").code()).isEqualTo("InvalidArgument");
    byte[] batch =
        ("<Delete><Object><Key>k</Key><VersionId>" + version + "</VersionId></Object></Delete>")
            .getBytes(StandardCharsets.UTF_8);
    S3Client.Answer many =
        s3.send("POST", "/vers?delete", batch, "content-md5", S3Client.md5(batch));
    assertThat(many.elements("Deleted")).hasSize(1);
    assertThat(many.element("Error")).isNull();
    assertThat(s3.send("GET", "/vers/k?versionId=" + version).code()).isEqualTo("NoSuchVersion");
    assertThat(s3.send("GET", "/vers/k?versionId=").element("Message"))
        .isEqualTo("Version id cannot be the empty string");
    s3.send("PUT", "/vers/k", "1");
    assertThat(s3.send("DELETE", "/vers").element("Message"))
        .isEqualTo(
            "The bucket you tried to delete is not empty. You must delete all versions in the"
                + " bucket.");
  }

  @ParameterizedTest
  @CsvSource({
    "key=val&key=val, InvalidArgument",
    "=, InvalidArgument",
    "key%, InvalidArgument",
    "key?=val, InvalidTag",
    "key=val?, InvalidTag"
  })
  void tagsOfHeaders(String sent, String code) {
    assertThat(s3.send("PUT", "/docs/t", "1", "x-amz-tagging", sent).code()).isEqualTo(code);
  }

  private static S3Client.Answer policy(String statement) {
    return s3.send("PUT", "/docs?policy", "{\"Statement\":[" + statement + "]}");
  }

  private static String allow(String principal, String action, String resource, String more) {
    return "{\"Effect\":\"Allow\",\"Principal\":"
        + principal
        + ",\"Action\":\""
        + action
        + "\",\"Resource\":\""
        + resource
        + "\""
        + more
        + "}";
  }

  @Test
  void policiesAreRefusedInKnownWords() {
    String objects = "arn:aws:s3:::docs/*";
    for (String key : new String[] {"s3:prefix", "s3:x-amz-acl", "s3:VersionId"}) {
      String condition = ",\"Condition\":{\"StringEquals\":{\"" + key + "\":\"x\"}}";
      assertThat(policy(allow("\"*\"", "s3:GetObject", objects, condition)).element("Message"))
          .isEqualTo(
              "Conditions do not apply to combination of actions and resources in statement");
      assertThat(policy(allow("\"*\"", "s3:*", objects, condition)).status()).isEqualTo(204);
    }
    for (String who : new String[] {"\"\"", "[]", "[\"*\",\"x\"]", "{\"AWS\":\"nobody-here\"}"}) {
      assertThat(policy(allow(who, "s3:GetObject", objects, "")).element("Message"))
          .as(who)
          .isEqualTo("Invalid principal in policy");
    }
    assertThat(policy(allow("[\"*\"]", "s3:GetObject", objects, "")).status()).isEqualTo(204);
    assertThat(
            policy(allow("\"*\"", "s3:GetObject", "arn:aws:s3:::other/*", "")).element("Message"))
        .isEqualTo("Policy has invalid resource");
    assertThat(s3.send("PUT", "/docs?policy", "{x").element("Message"))
        .isEqualTo("This policy contains invalid Json");
    assertThat(s3.send("PUT", "/docs?policy", "{\"Statement\":[]}").element("Message"))
        .isEqualTo("Could not parse the policy: Statement is empty!");
    s3.send("DELETE", "/docs?policy");
  }

  @Test
  void rulesForOriginsNameHeaders() {
    String rule =
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin>"
            + "<AllowedMethod>GET</AllowedMethod><AllowedHeader>%s</AllowedHeader>"
            + "</CORSRule></CORSConfiguration>";
    assertThat(s3.send("PUT", "/docs?cors", rule.formatted("X-*")).status()).isEqualTo(200);
    assertThat(s3.send("PUT", "/docs?cors", rule.formatted("a b")).element("Message"))
        .isEqualTo("AllowedHeader &quot;a b&quot; contains invalid character.");
    assertThat(
            s3.send("PUT", "/docs?cors", rule.formatted("a").replaceAll("<AllowedOrigin.*gin>", ""))
                .code())
        .isEqualTo("MalformedXML");
  }

  @Test
  void listsAreAskedForInOneWay() {
    s3.send("PUT", "/lists", "", "x-amz-object-ownership", "ObjectWriter");
    assertThat(
            s3.send("PUT", "/lists?acl", "", "x-amz-acl", "private", "x-amz-grant-read", "rubbish")
                .code())
        .isEqualTo("InvalidRequest");
    assertThat(s3.send("PUT", "/lists?acl", "<x/>", "x-amz-grant-read", "rubbish").code())
        .isEqualTo("UnexpectedContent");
    S3Client.Answer none = s3.send("PUT", "/lists?acl", "");
    assertThat(none.code()).isEqualTo("MissingSecurityHeader");
    assertThat(none.element("MissingHeaderName")).isEqualTo("x-amz-acl");
  }

  @Test
  void nobodyIsToldWhatNobodyMayDo() {
    assertThat(s3.anonymous("PUT", "/fresh", NOTHING).element("Message"))
        .isEqualTo("Anonymous users cannot invoke this API. Please authenticate.");
    assertThat(
            s3.anonymous("PUT", "/docs/c", NOTHING, "x-amz-copy-source", "docs/r")
                .element("Message"))
        .isEqualTo("Anonymous users cannot copy objects. Please authenticate.");
    assertThat(
            s3.anonymous(
                    "PUT",
                    "/docs/c",
                    NOTHING,
                    "x-amz-content-sha256",
                    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
                .code())
        .isEqualTo("InvalidRequest");
  }

  @Test
  void anUploadWithoutADocumentIsNotCompleted() {
    String id = s3.send("POST", "/docs/e?uploads", "").element("UploadId");
    assertThat(s3.send("POST", "/docs/e?uploadId=" + id, "").code()).isEqualTo("MalformedXML");
  }

  @Test
  void aConnectionGoesOnBehindAForm() throws Exception {
    s3.send("PUT", "/open", "", "x-amz-object-ownership", "ObjectWriter");
    s3.send("PUT", "/open?acl", "", "x-amz-acl", "public-read-write");
    String template =
        "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk%d\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--b";
    String rest = "--\r\n";
    Map<String, String> headers =
        Map.of(
            "host",
            "127.0.0.1:" + world.port(),
            "content-type",
            "multipart/form-data; boundary=b",
            "content-length",
            Integer.toString(template.length() - 1 + rest.length()));
    StringBuilder head = new StringBuilder("POST /open HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    try (Socket socket = new Socket("127.0.0.1", world.port())) {
      socket.setSoTimeout(20_000);
      for (int i = 0; i < 2; i++) {
        String form = template.formatted(i);
        socket.getOutputStream().write((head + "\r\n" + form).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        // the file is whole; what is left of the form comes later
        long end = System.nanoTime() + BOUND_NANOS;
        while (!s3.send("GET", "/open").elements("Key").contains("k" + i)
            && System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        socket.getOutputStream().write(rest.getBytes(StandardCharsets.UTF_8));
        String answer = answer(socket.getInputStream());
        assertThat(answer).startsWith("HTTP/1.1 204");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("connection: close");
      }
    }
  }

  private static String answer(InputStream in) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      assertThat(c).as("the connection ended: %s", head).isNotNegative();
      head.append((char) c);
    }
    return head.toString();
  }
}
