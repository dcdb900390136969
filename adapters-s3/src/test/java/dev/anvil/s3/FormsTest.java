package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.s3.wire.Dates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Uploads by form. */
@Tag("fast")
final class FormsTest {
  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client s3 = world.docsClient();

  private static String policy(Instant end, String conditions) {
    String json = "{\"expiration\":\"" + end + "\",\"conditions\":[" + conditions + "]}";
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> fields(String key, String policy) {
    String date = Dates.amz(world.clock.instant());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Key", key);
    fields.put("Policy", policy);
    fields.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    fields.put(
        "X-Amz-Credential",
        world.acme.id() + "/" + date.substring(0, 8) + "/us-east-1/s3/aws4_request");
    fields.put("X-Amz-Date", date);
    fields.put("X-Amz-Signature", s3.signingKey(date).sign(policy));
    return fields;
  }

  private static S3Client.Answer post(Map<String, String> fields, String content) {
    StringBuilder body = new StringBuilder();
    fields.forEach((name, value) ->
        body.append("--line\r\nContent-Disposition: form-data; name=\"")
            .append(name)
            .append("\"\r\n\r\n")
            .append(value)
            .append("\r\n"));
    body.append(
        "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.txt\"\r\n");
    body.append("Content-Type: text/plain\r\n\r\n").append(content).append("\r\n--line\r\n");
    body.append("Content-Disposition: form-data; name=\"after\"\r\n\r\nignored\r\n--line--\r\n");
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return s3.anonymous(
        "POST", "/docs", bytes, "content-type", "multipart/form-data; boundary=line");
  }

  private static final String USUAL =
      "{\"bucket\":\"docs\"},[\"starts-with\",\"$key\",\"up/\"],"
          + "{\"x-amz-algorithm\":\"AWS4-HMAC-SHA256\"},[\"starts-with\",\"$x-amz-credential\",\"\"],"
          + "[\"starts-with\",\"$x-amz-date\",\"\"]";

  private static Instant soon() {
    return world.clock.instant().plus(Duration.ofMinutes(5));
  }

  @Test
  void aFormThatItsPolicyAllows() {
    String content = "one\r\n--lin\r\ntwo".repeat(3_000);
    Map<String, String> fields =
        fields(
            "up/${filename}",
            policy(
                soon(),
                USUAL
                    + ",[\"starts-with\",\"$x-amz-meta-a\",\"\"]"
                    + ",[\"starts-with\",\"$success_action_status\",\"\"]"));
    fields.put("x-amz-meta-a", "ü");
    assertThat(post(fields, content).status()).isEqualTo(204);
    S3Client.Answer get = s3.send("GET", "/docs/up/a%20b.txt");
    assertThat(get.text()).isEqualTo(content);
    fields.put("success_action_status", "201");
    S3Client.Answer made = post(fields, content);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.element("Key")).isEqualTo("up/a b.txt");
  }

  @Test
  void answersAreAsTheFormAsks() {
    String policy =
        policy(
            soon(),
            USUAL
                + ",[\"EQ\",\"$ACL\",\"private\"],[\"starts-with\",\"$tagging\",\"\"]"
                + ",[\"starts-with\",\"$Content-Type\",\"image/\"]"
                + ",[\"starts-with\",\"$success_action_status\",\"\"]"
                + ",[\"starts-with\",\"$success_action_redirect\",\"https://\"]");
    Map<String, String> fields = fields("up/r d", policy);
    fields.put("Acl", "private");
    fields.put(
        "tagging", "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>");
    fields.put("Content-Type", "image/png");
    fields.put("success_action_redirect", "https://a.example/done");
    S3Client.Answer moved = post(fields, "abc");
    assertThat(moved.status()).as(moved.text()).isEqualTo(303);
    assertThat(moved.header("location"))
        .startsWith("https://a.example/done?bucket=docs&key=up%2Fr%20d&etag=%22");
    S3Client.Answer got = s3.send("GET", "/docs/up/r%20d");
    assertThat(got.header("content-type")).isEqualTo("image/png");
    assertThat(got.header("x-amz-tagging-count")).isEqualTo("1");
    fields.put("success_action_redirect", "https://");
    fields.put("success_action_status", "200");
    S3Client.Answer plain = post(fields, "abc");
    assertThat(plain.status()).as(plain.text()).isEqualTo(200);
    assertThat(plain.body()).isEmpty();
    assertThat(plain.header("location")).endsWith("/docs/up/r%20d");
    fields.put("success_action_status", "418");
    assertThat(post(fields, "abc").status()).isEqualTo(204);
    for (String type : new String[] {"text/plain", "image/png, text/plain"}) {
      fields.put("Content-Type", type);
      assertThat(post(fields, "abc").code()).as(type).isEqualTo("AccessDenied");
    }
    fields.put("Content-Type", "image/png, image/gif");
    assertThat(post(fields, "abc").status()).isEqualTo(204);
  }

  @Test
  void whatThePolicyDoesNotAllowIsDenied() {
    String policy = policy(soon(), USUAL + ",[\"content-length-range\",2,4]");
    assertThat(post(fields("other/x", policy), "abc").code()).isEqualTo("AccessDenied");
    assertThat(post(fields("up/x", policy), "a").code()).isEqualTo("EntityTooSmall");
    assertThat(post(fields("up/x", policy), "abcde").code()).isEqualTo("EntityTooLarge");
    assertThat(s3.send("GET", "/docs/up/x").status()).isEqualTo(404);
    Map<String, String> extra = fields("up/x", policy);
    extra.put("x-amz-meta-b", "1");
    assertThat(post(extra, "abc").code()).isEqualTo("AccessDenied");
    assertThat(post(fields("up/x", policy), "abc").status()).isEqualTo(204);
    Map<String, String> forged = fields("up/x", policy);
    forged.put("Policy", policy(soon(), USUAL));
    assertThat(post(forged, "abc").code()).isEqualTo("SignatureDoesNotMatch");
    String past = policy(world.clock.instant().minusSeconds(1), USUAL);
    assertThat(post(fields("up/x", past), "abc").code()).isEqualTo("AccessDenied");
    Map<String, String> partial = fields("up/x", policy);
    partial.remove("X-Amz-Date");
    assertThat(post(partial, "abc").code()).isEqualTo("InvalidArgument");
    assertThat(post(new LinkedHashMap<>(Map.of("key", "up/x")), "abc").code())
        .isEqualTo("AccessDenied");
    String anywhere = policy(soon(), USUAL.replace("up/", ""));
    assertThat(post(fields("_anvil/x", anywhere), "abc").code())
        .isEqualTo("UnauthorizedReservedNamespace");
  }

  @Test
  void formsThatAreNone() {
    for (String body :
        new String[] {"", "--line", "junk", "--line\r\n\r\n", "--line\r\nX: y\r\n\r\nz"}) {
      S3Client.Answer answer =
          s3.anonymous(
              "POST",
              "/docs",
              body.getBytes(StandardCharsets.UTF_8),
              "content-type",
              "multipart/form-data; boundary=line");
      assertThat(answer.code()).as(body).isEqualTo("MalformedPOSTRequest");
    }
    assertThat(
            s3.anonymous("POST", "/docs", new byte[0], "content-type", "multipart/form-data")
                .code())
        .isEqualTo("MalformedPOSTRequest");
  }
}
