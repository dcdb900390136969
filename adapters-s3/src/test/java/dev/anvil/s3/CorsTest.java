package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.s3.S3Client.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What browsers are told of scripts of other origins. */
@Tag("fast")
class CorsTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String RULES =
      "<CORSConfiguration>"
          + "<CORSRule><ID>suffix</ID><AllowedOrigin>*suffix</AllowedOrigin>"
          + "<AllowedMethod>GET</AllowedMethod><ExposeHeader>ETag</ExposeHeader>"
          + "<MaxAgeSeconds>30</MaxAgeSeconds></CORSRule>"
          + "<CORSRule><AllowedOrigin>start*end</AllowedOrigin>"
          + "<AllowedMethod>PUT</AllowedMethod><AllowedMethod>DELETE</AllowedMethod>"
          + "<AllowedHeader>x-amz-*</AllowedHeader></CORSRule>"
          + "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>HEAD</AllowedMethod>"
          + "<AllowedHeader>*</AllowedHeader></CORSRule>"
          + "</CORSConfiguration>";

  private static GatewayWorld world;
  private static S3Client s3;

  @BeforeAll
  static void open() {
    world = new GatewayWorld();
    s3 = world.client();
    s3.send("PUT", "/web");
    assertThat(s3.send("GET", "/web?cors").code()).isEqualTo("NoSuchCORSConfiguration");
    assertThat(preflight("/web/k", "Origin", "a", "Access-Control-Request-Method", "GET").code())
        .isEqualTo("AccessForbidden");
    assertThat(s3.send("PUT", "/web?cors", RULES).status()).isEqualTo(200);
    s3.send("PUT", "/web/k", "x");
  }

  @AfterAll
  static void close() {
    world.close();
  }

  private static Answer preflight(String target, String... headers) {
    return s3.anonymous("OPTIONS", target, NOTHING, headers);
  }

  private static Answer asked(String origin, String method, String headers) {
    return headers == null
        ? preflight("/web/k", "Origin", origin, "Access-Control-Request-Method", method)
        : preflight(
            "/web/k",
            "Origin",
            origin,
            "Access-Control-Request-Method",
            method,
            "Access-Control-Request-Headers",
            headers);
  }

  @Test
  void rulesComeBackAsTheyWereSet() {
    Answer answer = s3.send("GET", "/web?cors");
    assertThat(answer.elements("AllowedOrigin")).containsExactly("*suffix", "start*end", "*");
    assertThat(answer.elements("AllowedMethod")).containsExactly("GET", "PUT", "DELETE", "HEAD");
    assertThat(answer.element("MaxAgeSeconds")).isEqualTo("30");
    assertThat(answer.element("ID")).isEqualTo("suffix");
  }

  @Test
  void browsersAskBeforeTheySend() {
    Answer answer = asked("foo.suffix", "GET", null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("foo.suffix");
    assertThat(answer.header("access-control-allow-methods")).isEqualTo("GET");
    assertThat(answer.header("access-control-expose-headers")).isEqualTo("ETag");
    assertThat(answer.header("access-control-max-age")).isEqualTo("30");
    assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
    assertThat(answer.header("vary")).contains("Origin");
    assertThat(
            asked("startXend", "PUT", "X-Amz-Date, x-amz-acl")
                .header("access-control-allow-headers"))
        .isEqualTo("x-amz-date, x-amz-acl");
    assertThat(asked("startend", "DELETE", null).status()).isEqualTo(200);
    Answer all = asked("http://any.where", "HEAD", "anything");
    assertThat(all.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(all.header("access-control-allow-credentials")).isNull();
  }

  @Test
  void whatNoRuleNamesIsForbidden() {
    assertThat(asked("foo.suffix.get", "GET", null).code()).isEqualTo("AccessForbidden");
    assertThat(asked("foo.suffix", "PUT", null).code()).isEqualTo("AccessForbidden");
    assertThat(asked("start", "PUT", null).code()).isEqualTo("AccessForbidden");
    assertThat(asked("startXend", "PUT", "content-type").code()).isEqualTo("AccessForbidden");
    assertThat(asked("a", "GET", null).header("access-control-allow-origin")).isNull();
  }

  @Test
  void incompleteQuestionsAreNone() {
    assertThat(preflight("/web/k").status()).isEqualTo(400);
    assertThat(preflight("/web/k", "Origin", "foo.suffix").code()).isEqualTo("BadRequest");
    assertThat(asked("foo.suffix", "PATCH", null).code()).isEqualTo("BadRequest");
    assertThat(asked("foo.suffix", "GET", "not a header").code()).isEqualTo("BadRequest");
    assertThat(
            preflight("/nowhere/k", "Origin", "a", "Access-Control-Request-Method", "GET").code())
        .isEqualTo("NoSuchBucket");
  }

  @Test
  void everyAnswerSaysIt() {
    Answer found = s3.send("GET", "/web/k", "", "Origin", "foo.suffix");
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.header("access-control-allow-origin")).isEqualTo("foo.suffix");
    assertThat(found.header("access-control-allow-methods")).isEqualTo("GET");
    Answer missing = s3.send("GET", "/web/absent", "", "Origin", "foo.suffix");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("access-control-allow-origin")).isEqualTo("foo.suffix");
    Answer refused = s3.anonymous("GET", "/web/k", NOTHING, "Origin", "foo.suffix");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("access-control-allow-origin")).isEqualTo("foo.suffix");
    assertThat(refused.header("vary")).contains("Origin");
    assertThat(s3.send("GET", "/web/k", "", "Origin", "elsewhere").header("vary")).isNull();
    assertThat(s3.send("GET", "/web/k").header("access-control-allow-origin")).isNull();
    Answer put =
        s3.anonymous(
            "PUT",
            "/web/k",
            NOTHING,
            "Origin",
            "foo.suffix",
            "Access-Control-Request-Method",
            "PUT");
    assertThat(put.header("access-control-allow-origin")).isNull();
  }

  @Test
  void wrongRulesAreRefused() {
    s3.send("PUT", "/wrong");
    assertThat(s3.send("PUT", "/wrong?cors", rule("*", "PATCH", "")).code())
        .isEqualTo("InvalidRequest");
    assertThat(s3.send("PUT", "/wrong?cors", rule("*.*", "GET", "")).code())
        .isEqualTo("InvalidRequest");
    assertThat(
            s3.send("PUT", "/wrong?cors", rule("*", "GET", "<ExposeHeader>x*</ExposeHeader>"))
                .code())
        .isEqualTo("InvalidRequest");
    assertThat(s3.send("PUT", "/wrong?cors", rule("*", "GET", "<Else>x</Else>")).code())
        .isEqualTo("MalformedXML");
    assertThat(s3.send("PUT", "/wrong?cors", "<CORSConfiguration/>").code())
        .isEqualTo("MalformedXML");
    String many =
        "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
            + "</CORSRule>";
    assertThat(
            s3.send(
                    "PUT",
                    "/wrong?cors",
                    "<CORSConfiguration>" + many.repeat(101) + "</CORSConfiguration>")
                .code())
        .isEqualTo("InvalidRequest");
    assertThat(
            s3.send(
                    "PUT",
                    "/wrong?cors",
                    "<CORSConfiguration>" + many.repeat(100) + "</CORSConfiguration>")
                .status())
        .isEqualTo(200);
    assertThat(s3.send("DELETE", "/wrong?cors").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/wrong?cors").code()).isEqualTo("NoSuchCORSConfiguration");
  }

  private static String rule(String origin, String method, String more) {
    return "<CORSConfiguration><CORSRule><AllowedOrigin>"
        + origin
        + "</AllowedOrigin><AllowedMethod>"
        + method
        + "</AllowedMethod>"
        + more
        + "</CORSRule></CORSConfiguration>";
  }
}
