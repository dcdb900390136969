package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.s3.S3Client.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Details of answers as AWS gives them, which clients read though few tests look at them. */
@Tag("fast")
final class WalkTest {
  private static final String VERSIONED =
      "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";

  private static GatewayWorld world;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    world = new GatewayWorld();
    s3 = world.client();
    s3.send("PUT", "/docs");
    s3.send("PUT", "/kept");
    s3.send("PUT", "/kept?versioning", VERSIONED);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aFailedConditionIsNamed() {
    s3.send("PUT", "/docs/c", "1");
    Answer there = s3.send("PUT", "/docs/c", "2", "If-None-Match", "*");
    assertThat(there.code()).isEqualTo("PreconditionFailed");
    assertThat(there.element("Condition")).isEqualTo("If-None-Match");
    assertThat(s3.send("PUT", "/docs/c", "2", "If-Match", "\"x\"").element("Condition"))
        .isEqualTo("If-Match");
    assertThat(s3.send("GET", "/docs/c", "", "If-Match", "\"x\"").element("Condition"))
        .isEqualTo("If-Match");
    String old = "Mon, 01 Jan 2001 00:00:00 GMT";
    assertThat(s3.send("GET", "/docs/c", "", "If-Unmodified-Since", old).element("Condition"))
        .isEqualTo("If-Unmodified-Since");
    Answer copy =
        s3.send(
            "PUT",
            "/docs/c2",
            "",
            "x-amz-copy-source",
            "docs/c",
            "x-amz-copy-source-if-match",
            "\"x\"");
    assertThat(copy.status()).isEqualTo(412);
    assertThat(copy.element("Condition")).isEqualTo("x-amz-copy-source-If-Match");
  }

  @Test
  void tagsMayHaveLostAQuote() {
    String etag = s3.send("PUT", "/docs/q", "1").header("etag");
    String bare = etag.replace("\"", "");
    for (String sent : new String[] {etag, bare, '"' + bare, bare + '"'}) {
      assertThat(s3.send("PUT", "/docs/q", "1", "If-Match", sent).status()).as(sent).isEqualTo(200);
      assertThat(s3.send("GET", "/docs/q", "", "If-None-Match", sent).status()).isEqualTo(304);
    }
  }

  @Test
  void copiesNameTheVersionTheyWereMadeOf() {
    String first = s3.send("PUT", "/kept/a", "1").header("x-amz-version-id");
    String second = s3.send("PUT", "/kept/a", "22").header("x-amz-version-id");
    String header = "x-amz-copy-source-version-id";
    Answer newest = s3.send("PUT", "/kept/b", "", "x-amz-copy-source", "kept/a");
    assertThat(newest.header(header)).isEqualTo(second);
    Answer older = s3.send("PUT", "/kept/b", "", "x-amz-copy-source", "kept/a?versionId=" + first);
    assertThat(older.header(header)).isEqualTo(first);
    s3.send("PUT", "/docs/plain", "1");
    assertThat(s3.send("PUT", "/kept/b", "", "x-amz-copy-source", "docs/plain").header(header))
        .isNull();
    String id = s3.send("POST", "/kept/up?uploads", "").element("UploadId");
    String part = "/kept/up?partNumber=1&uploadId=" + id;
    assertThat(s3.send("PUT", part, "", "x-amz-copy-source", "kept/a").header(header))
        .isEqualTo(second);
    s3.send("DELETE", "/kept/up?uploadId=" + id);
  }

  private static Answer batch(String objects) {
    byte[] body = ("<Delete>" + objects + "</Delete>").getBytes(StandardCharsets.UTF_8);
    return s3.send("POST", "/docs?delete", body, "content-md5", S3Client.md5(body));
  }

  @Test
  void itemsOfABatchMayDemandSizeAndTime() {
    for (String key : new String[] {"d1", "d2", "d3", "d4"}) {
      s3.send("PUT", "/docs/" + key, "12345");
    }
    String time = world.clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + "";
    Answer done =
        batch(
            "<Object><Key>d1</Key><Size>4</Size></Object>"
                + "<Object><Key>d2</Key><Size>5</Size><LastModifiedTime>"
                + time
                + "</LastModifiedTime></Object>"
                + "<Object><Key>d3</Key><LastModifiedTime>Mon, 01 Jan 2001 00:00:00 GMT"
                + "</LastModifiedTime></Object>"
                + "<Object><Key>d4</Key></Object>"
                + "<Object><Key>not-there</Key><Size>5</Size></Object>");
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.elements("Code")).containsExactly("PreconditionFailed", "PreconditionFailed");
    assertThat(done.elements("Key")).containsExactly("d1", "d2", "d3", "d4", "not-there");
    assertThat(s3.send("HEAD", "/docs/d1").status()).isEqualTo(200);
    assertThat(s3.send("HEAD", "/docs/d2").status()).isEqualTo(404);
    assertThat(s3.send("HEAD", "/docs/d3").status()).isEqualTo(200);
    assertThat(s3.send("HEAD", "/docs/d4").status()).isEqualTo(404);
    assertThat(batch("<Object><Key>d1</Key><LastModifiedTime>x</LastModifiedTime></Object>").code())
        .isEqualTo("MalformedXML");
  }

  @Test
  void openUploadsTellWhenTheyAreEnded() {
    s3.send("PUT", "/ends");
    s3.send(
        "PUT",
        "/ends?lifecycle",
        "<LifecycleConfiguration><Rule><ID>two days</ID><Status>Enabled</Status>"
            + "<Filter><Prefix>in/</Prefix></Filter><AbortIncompleteMultipartUpload>"
            + "<DaysAfterInitiation>2</DaysAfterInitiation></AbortIncompleteMultipartUpload>"
            + "</Rule></LifecycleConfiguration>");
    Answer made = s3.send("POST", "/ends/in/k?uploads", "");
    String at =
        dev.anvil.s3.wire.Dates.http(
            world
                .clock
                .instant()
                .plus(Duration.ofDays(3))
                .truncatedTo(java.time.temporal.ChronoUnit.DAYS));
    assertThat(made.header("x-amz-abort-date")).isEqualTo(at);
    assertThat(made.header("x-amz-abort-rule-id")).isEqualTo("two days");
    Answer parts = s3.send("GET", "/ends/in/k?uploadId=" + made.element("UploadId"));
    assertThat(parts.header("x-amz-abort-date")).isEqualTo(at);
    assertThat(parts.header("x-amz-abort-rule-id")).isEqualTo("two days");
    assertThat(s3.send("POST", "/ends/out/k?uploads", "").header("x-amz-abort-date")).isNull();
  }

  @Test
  void theBucketThatIsNotThereIsNamedBeforeWhatIsWrongWithTheRequest() {
    for (String target : new String[] {"?cors", "?tagging", "?acl", "?versioning", "?lifecycle"}) {
      assertThat(s3.send("PUT", "/nowhere" + target, "").code())
          .as(target)
          .isEqualTo("NoSuchBucket");
    }
    assertThat(s3.send("PUT", "/docs?cors", "").code()).isEqualTo("MissingRequestBodyError");
    assertThat(s3.send("PUT", "/nowhere", "<x/>").code()).isEqualTo("MalformedXML");
  }

  @Test
  void locksAreLookedAtInOrder() {
    s3.send("PUT", "/locked", "", "x-amz-bucket-object-lock-enabled", "true");
    s3.send("PUT", "/locked/k", "1");
    String retain =
        "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>%s</RetainUntilDate></Retention>";
    String past = retain.formatted("2001-01-01T00:00:00Z");
    assertThat(s3.send("PUT", "/locked/absent?retention", past).code())
        .isEqualTo("InvalidArgument");
    String later = retain.formatted(world.clock.instant().plus(Duration.ofDays(1)));
    assertThat(s3.send("PUT", "/locked/absent?retention", later).code()).isEqualTo("NoSuchKey");
    assertThat(s3.send("PUT", "/locked/k?retention&versionId=", later).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/locked/k?retention&versionId=").element("Mode"))
        .isEqualTo("GOVERNANCE");
    assertThat(s3.send("PUT", "/locked/k?legal-hold", "").code()).isEqualTo("MalformedXML");
    String[] wish = {
      "x-amz-object-lock-mode", "GOVERNANCE",
      "x-amz-object-lock-retain-until-date", "2001-01-01T00:00:00Z"
    };
    for (String bucket : new String[] {"locked", "docs"}) {
      assertThat(s3.send("POST", "/" + bucket + "/up?uploads", "", wish).code())
          .isEqualTo("InvalidArgument");
    }
    wish[3] = world.clock.instant().plus(Duration.ofDays(1)).toString();
    assertThat(s3.send("PUT", "/docs/k", "1", wish).element("Message"))
        .isEqualTo("Bucket is missing ObjectLockConfiguration");
  }

  @Test
  void negativeAgesOfRulesForOriginsAreTakenAndNotTold() {
    s3.send("PUT", "/ages");
    String rule =
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin>"
            + "<AllowedMethod>GET</AllowedMethod><MaxAgeSeconds>%s</MaxAgeSeconds>"
            + "</CORSRule></CORSConfiguration>";
    assertThat(s3.send("PUT", "/ages?cors", rule.formatted("-100")).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/ages?cors").element("MaxAgeSeconds")).isEqualTo("-100");
    assertThat(
            s3.send("GET", "/ages/k", "", "Origin", "http://a")
                .header("access-control-allow-origin"))
        .isEqualTo("*");
    assertThat(s3.send("GET", "/ages/k", "", "Origin", "http://a").header("access-control-max-age"))
        .isNull();
    assertThat(s3.send("PUT", "/ages?cors", rule.formatted("soon")).code())
        .isEqualTo("MalformedXML");
  }

  @Test
  void aDeleteMarkerCanOnlyBeDeleted() {
    s3.send("PUT", "/kept/m", "1");
    String marker = s3.send("DELETE", "/kept/m").header("x-amz-version-id");
    for (String method : new String[] {"GET", "HEAD"}) {
      Answer refused = s3.send(method, "/kept/m?versionId=" + marker);
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.header("allow")).isEqualTo("DELETE");
      assertThat(refused.header("x-amz-delete-marker")).isEqualTo("true");
      assertThat(refused.header("last-modified")).isNotNull();
    }
  }

  @Test
  void whatIsNotBuiltIsRefusedByName() {
    for (String sub : new String[] {"abac", "metadataInventoryTable", "metadataJournalTable"}) {
      assertThat(s3.send("GET", "/docs?" + sub).code()).as(sub).isEqualTo("NotImplemented");
    }
  }
}
