package dev.anvil.s3;

import static dev.anvil.s3.PolicyText.everybody;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.s3.S3Client.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Conditions of policies on what requests say in their bodies. */
@Tag("fast")
class PolicyBodiesTest {
  private static final byte[] NOTHING = {};

  @AutoClose private static final GatewayWorld world = new GatewayWorld();
  private static final S3Client acme = world.client();

  private static void set(String bucket, String... statements) {
    Answer answer = put(bucket, statements);
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  private static Answer put(String bucket, String... statements) {
    return acme.send("PUT", "/" + bucket + "?policy", PolicyText.of(statements));
  }

  private static Answer form(String bucket, String fields, String... headers) {
    StringBuilder body = new StringBuilder();
    for (String field : ("key=f;" + fields).split(";")) {
      int equals = field.indexOf('=');
      body.append("--line\r\nContent-Disposition: form-data; name=\"")
          .append(field, 0, equals)
          .append("\"\r\n\r\n")
          .append(field.substring(equals + 1))
          .append("\r\n");
    }
    body.append("--line\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--line--\r\n");
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "content-type";
    all[headers.length + 1] = "multipart/form-data; boundary=line";
    return acme.anonymous("POST", "/" + bucket, body.toString().getBytes(UTF_8), all);
  }

  @Test
  void aFormMeetsConditionsByItsFieldsNotByHeadersThatNobodyReads() {
    assertThat(acme.send("PUT", "/forms").status()).isEqualTo(200);
    String objects = "'arn:aws:s3:::forms/*'";
    String allow = everybody("Allow", "'s3:PutObject'", objects, "");
    set("forms", allow);
    assertThat(form("forms", "").status()).isEqualTo(204);
    set(
        "forms",
        allow,
        everybody(
            "Deny",
            "'s3:PutObject'",
            objects,
            ",'Condition':{'Bool':{'s3:ObjectCreationOperation':'true'}}"));
    assertThat(form("forms", "").code()).isEqualTo("AccessDenied");
    set(
        "forms",
        allow,
        everybody(
            "Deny",
            "'s3:PutObject'",
            objects,
            ",'Condition':{'Null':{'s3:if-none-match':'true'}}"));
    assertThat(form("forms", "", "If-None-Match", "*").code()).isEqualTo("AccessDenied");
    assertThat(form("forms", "if-none-match=*").code()).isEqualTo("PreconditionFailed");
    set(
        "forms",
        allow,
        everybody(
            "Deny",
            "'s3:PutObject'",
            objects,
            ",'Condition':{'ForAnyValue:StringEquals':{'s3:RequestObjectTagKeys':'secret'}}"));
    String tagging =
        "tagging=<Tagging><TagSet><Tag><Key>#</Key><Value>v</Value></Tag></TagSet></Tagging>";
    assertThat(form("forms", tagging.replace("#", "secret")).code()).isEqualTo("AccessDenied");
    assertThat(form("forms", tagging.replace("#", "open"), "x-amz-tagging", "secret=1").status())
        .isEqualTo(204);
  }

  @Test
  void documentsMeetConditionsOfTagsAndLocksByWhatTheySay() {
    assertThat(
            acme.send("PUT", "/papers", NOTHING, "x-amz-bucket-object-lock-enabled", "true")
                .status())
        .isEqualTo(200);
    assertThat(acme.send("PUT", "/papers/k", "x").status()).isEqualTo(200);
    String objects = "'arn:aws:s3:::papers/*'";
    set(
        "papers",
        everybody(
            "Deny",
            "'s3:PutObjectTagging'",
            objects,
            ",'Condition':{'StringEquals':{'s3:RequestObjectTag/class':'secret'}}"),
        everybody(
            "Deny",
            "'s3:PutObjectRetention'",
            objects,
            ",'Condition':{'NumericGreaterThan':{'s3:object-lock-remaining-retention-days':'10'}}"),
        everybody(
            "Deny",
            "'s3:PutObjectLegalHold'",
            objects,
            ",'Condition':{'StringEquals':{'s3:object-lock-legal-hold':'ON'}}"));
    String tags = "<Tagging><TagSet><Tag><Key>class</Key><Value>#</Value></Tag></TagSet></Tagging>";
    assertThat(document("tagging", tags.replace("#", "secret"))).isEqualTo("AccessDenied");
    assertThat(document("tagging", tags.replace("#", "open"))).isNull();
    String until =
        "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>#</RetainUntilDate></Retention>";
    var now = world.clock.instant();
    assertThat(document("retention", until.replace("#", now.plus(Duration.ofDays(20)).toString())))
        .isEqualTo("AccessDenied");
    assertThat(document("retention", until.replace("#", now.plus(Duration.ofDays(5)).toString())))
        .isNull();
    String hold = "<LegalHold><Status>#</Status></LegalHold>";
    assertThat(document("legal-hold", hold.replace("#", "ON"))).isEqualTo("AccessDenied");
    assertThat(document("legal-hold", hold.replace("#", "OFF"))).isNull();
  }

  private static String document(String what, String text) {
    Answer answer =
        acme.send(
            "PUT", "/papers/k?" + what, text, "Content-MD5", S3Client.md5(text.getBytes(UTF_8)));
    return answer.status() == 200 ? null : answer.code();
  }
}
