package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.DeleteBucket;
import dev.anvil.objects.lifecycle.RunLifecycle;
import dev.anvil.ports.storage.PartitionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lifecycles: what they end ends by itself when its day has come, and nothing else does. */
@Tag("fast")
final class LifecycleTest {
  @AutoClose private final GatewayWorld world = new GatewayWorld();
  private final S3Client s3 = world.docsClient();

  private void versioned() {
    String on = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
    assertThat(s3.send("PUT", "/docs?versioning", on).status()).isEqualTo(200);
  }

  private static String rule(String id, String filter, String actions) {
    return "<Rule><ID>" + id + "</ID><Status>Enabled</Status>" + filter + actions + "</Rule>";
  }

  private static String days(int days) {
    return "<Expiration><Days>" + days + "</Days></Expiration>";
  }

  private S3Client.Answer set(String... rules) {
    return s3.send(
        "PUT",
        "/docs?lifecycle",
        "<LifecycleConfiguration>" + String.join("", rules) + "</LifecycleConfiguration>");
  }

  private List<String> keys() {
    return s3.send("GET", "/docs?list-type=2").elements("Key");
  }

  @Test
  void currentVersionsEndByPrefixTagAndSize() {
    assertThat(
            set(
                    rule("p", "<Filter><Prefix>tmp/</Prefix></Filter>", days(2)),
                    rule(
                        "t",
                        "<Filter><Tag><Key>keep</Key><Value>no</Value></Tag></Filter>",
                        days(3)),
                    rule(
                        "s",
                        "<Filter><And><Prefix>big/</Prefix><ObjectSizeGreaterThan>4"
                            + "</ObjectSizeGreaterThan><ObjectSizeLessThan>9</ObjectSizeLessThan>"
                            + "</And></Filter>",
                        days(1)))
                .status())
        .isEqualTo(200);
    S3Client.Answer put = s3.send("PUT", "/docs/tmp/a", "x");
    assertThat(put.header("x-amz-expiration")).contains("rule-id=\"p\"").contains("00:00:00 GMT");
    S3Client.Answer copy = s3.send("PUT", "/docs/tmp/copy", "", "x-amz-copy-source", "/docs/tmp/a");
    assertThat(copy.header("x-amz-expiration")).isEqualTo(put.header("x-amz-expiration"));
    S3Client.Answer away = s3.send("PUT", "/docs/away", "", "x-amz-copy-source", "/docs/tmp/a");
    assertThat(away.header("x-amz-expiration")).isNull();
    String id = s3.send("POST", "/docs/tmp/up?uploads").element("UploadId");
    String etag = s3.send("PUT", "/docs/tmp/up?partNumber=1&uploadId=" + id, "part").header("etag");
    String parts =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>";
    for (int i = 0; i < 2; i++) {
      assertThat(s3.send("POST", "/docs/tmp/up?uploadId=" + id, parts).header("x-amz-expiration"))
          .as("and when it is repeated")
          .isEqualTo(put.header("x-amz-expiration"));
    }
    for (String gone : List.of("tmp/copy", "tmp/up", "away")) {
      s3.send("DELETE", "/docs/" + gone);
    }
    s3.send("PUT", "/docs/b", "x", "x-amz-tagging", "keep=no&other=1");
    s3.send("PUT", "/docs/c", "x", "x-amz-tagging", "keep=yes");
    s3.send("PUT", "/docs/big/4", "1234");
    s3.send("PUT", "/docs/big/5", "12345");
    s3.send("PUT", "/docs/big/9", "123456789");
    assertThat(s3.send("HEAD", "/docs/tmp/a").header("x-amz-expiration"))
        .isEqualTo(put.header("x-amz-expiration"));
    assertThat(s3.send("HEAD", "/docs/c").header("x-amz-expiration")).isNull();
    world.pass(Duration.ofHours(20));
    assertThat(keys()).hasSize(6);
    world.pass(Duration.ofHours(28));
    assertThat(keys()).containsExactly("b", "big/4", "big/9", "c", "tmp/a");
    world.pass(Duration.ofDays(1));
    assertThat(keys()).containsExactly("b", "big/4", "big/9", "c");
    world.pass(Duration.ofDays(1));
    assertThat(keys()).containsExactly("big/4", "big/9", "c");
    world.pass(Duration.ofDays(400));
    assertThat(keys()).hasSize(3);
  }

  @Test
  void aDatePassedAlreadyCountsAtOnceAndRulesThatAreGoneEndNothing() {
    s3.send("PUT", "/docs/a", "x");
    set(rule("d", "<Filter/>", "<Expiration><Date>2020-01-01T00:00:00Z</Date></Expiration>"));
    assertThat(s3.send("DELETE", "/docs?lifecycle").status()).isEqualTo(204);
    world.pass(Duration.ofMinutes(1));
    assertThat(keys()).containsExactly("a");
    assertThat(s3.send("GET", "/docs?lifecycle").code()).isEqualTo("NoSuchLifecycleConfiguration");
    set(rule("d", "<Filter/>", "<Expiration><Date>2020-01-01T00:00:00Z</Date></Expiration>"));
    world.pass(Duration.ofMinutes(1));
    assertThat(keys()).isEmpty();
    set(rule("off", "<Filter/>", days(1)).replace("Enabled", "Disabled"));
    s3.send("PUT", "/docs/b", "x");
    world.pass(Duration.ofDays(9));
    assertThat(keys()).containsExactly("b");
  }

  @Test
  void replacedVersionsEndButForTheNewestAndMarkersThatHideNothingGo() {
    versioned();
    set(
        rule(
            "n",
            "<Filter><Prefix/></Filter>",
            "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
                + "<NewerNoncurrentVersions>2</NewerNoncurrentVersions>"
                + "</NoncurrentVersionExpiration>"),
        rule(
            "m",
            "<Filter/>",
            "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>"
                + "</Expiration>"));
    for (int i = 0; i < 6; i++) {
      s3.send("PUT", "/docs/k", "v" + i);
    }
    s3.send("DELETE", "/docs/lone");
    s3.send("PUT", "/docs/hidden", "x");
    s3.send("DELETE", "/docs/hidden");
    world.pass(Duration.ofDays(3));
    S3Client.Answer left = s3.send("GET", "/docs?versions");
    assertThat(left.elements("Key")).containsExactly("hidden", "hidden", "k", "k", "k");
    assertThat(s3.send("GET", "/docs/k").text()).isEqualTo("v5");
    assertThat(left.elements("DeleteMarker")).hasSize(1);
  }

  @Test
  void deletedKeysOfVersionedBucketsGetAMarkerOnce() {
    versioned();
    set(rule("e", "<Filter/>", days(1)));
    s3.send("PUT", "/docs/k", "x");
    world.pass(Duration.ofDays(2));
    S3Client.Answer left = s3.send("GET", "/docs?versions");
    assertThat(left.elements("DeleteMarker")).hasSize(1);
    assertThat(left.elements("Version")).hasSize(1);
    assertThat(s3.send("GET", "/docs/k").status()).isEqualTo(404);
    world.pass(Duration.ofDays(2));
    assertThat(s3.send("GET", "/docs?versions").elements("Key")).hasSize(2);
  }

  @Test
  void openUploadsEnd() {
    set(
        rule(
            "u",
            "<Filter><Prefix>up/</Prefix></Filter>",
            "<AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation>"
                + "</AbortIncompleteMultipartUpload>"));
    s3.send("POST", "/docs/up/a?uploads");
    s3.send("POST", "/docs/other?uploads");
    world.pass(Duration.ofDays(1));
    assertThat(s3.send("GET", "/docs?uploads").elements("Key")).hasSize(2);
    world.pass(Duration.ofDays(2));
    assertThat(s3.send("GET", "/docs?uploads").elements("Key")).containsExactly("other");
  }

  @Test
  void aRoundResumesInsideAKeyAndAfterAnotherHolder() {
    versioned();
    for (int i = 0; i < 700; i++) {
      s3.send("PUT", "/docs/" + (i % 2 == 0 ? "many" : "k" + i), "x");
    }
    set(
        rule(
            "n",
            "<Filter/>",
            "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>"
                + "<NewerNoncurrentVersions>3</NewerNoncurrentVersions>"
                + "</NoncurrentVersionExpiration>"));
    Duration time = Duration.ofDays(3);
    world.clock.move(time);
    world.ticker.advance(time);
    int token = 1;
    for (int n = 0; n < 2; n++) {
      while (new RunLifecycle(world.services).step(new PartitionId(n), token++)) {
        assertThat(token).isLessThan(200);
      }
    }
    assertThat(token).as("steps are bounded").isGreaterThan(8);
    S3Client.Answer left = s3.send("GET", "/docs?versions&prefix=many");
    assertThat(left.elements("Key")).hasSize(4);
    assertThat(s3.send("GET", "/docs?versions&max-keys=1000").elements("Key")).hasSize(354);
  }

  @Test
  void aBucketThatIsBeingDeletedHoldsNothingUp() {
    s3.send("PUT", "/docs/a", "x");
    set(rule("d", "<Filter/>", "<Expiration><Date>2020-01-01T00:00:00Z</Date></Expiration>"));
    s3.send("PUT", "/other");
    s3.send("PUT", "/other/a", "x");
    s3.send(
        "PUT",
        "/other?lifecycle",
        "<LifecycleConfiguration>"
            + rule("d", "<Filter/>", "<Expiration><Date>2020-01-01T00:00:00Z</Date></Expiration>")
            + "</LifecycleConfiguration>");
    new DeleteBucket(world.services, List.of())
        .execute(
            new Call(Caller.admin("root"), "r"),
            new DeleteBucket.Command(new BucketName("docs"), true, true, null));
    world.pass(Duration.ofMinutes(1));
    assertThat(s3.send("GET", "/other?list-type=2").elements("Key")).isEmpty();
  }

  @Test
  void documentsComeBackAndWrongOnesHaveTheirNames() {
    String rules =
        rule(
            "all",
            "<Filter><And><Prefix>p</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></And></Filter>",
            days(4)
                + "<NoncurrentVersionExpiration><NoncurrentDays>5</NoncurrentDays>"
                + "</NoncurrentVersionExpiration>");
    S3Client.Answer put = set(rules, rule("old", "<Prefix>q</Prefix>", days(6)));
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    S3Client.Answer got = s3.send("GET", "/docs?lifecycle");
    assertThat(got.text()).contains(rules.replace("<Status>Enabled</Status>", "").substring(0, 20));
    assertThat(got.elements("ID")).containsExactly("all", "old");
    assertThat(got.elements("Days")).containsExactly("4", "6");
    assertThat(got.header("x-amz-transition-default-minimum-object-size"))
        .isEqualTo("all_storage_classes_128K");
    String all = "<Filter/>";
    assertThat(set(rule("a", all, days(0))).code()).isEqualTo("InvalidArgument");
    assertThat(set(rule("a", all, days(1)), rule("a", all, days(2))).code())
        .isEqualTo("InvalidArgument");
    assertThat(set(rule("a".repeat(256), all, days(1))).code()).isEqualTo("InvalidArgument");
    assertThat(set(rule("a", "", days(1))).code()).isEqualTo("MalformedXML");
    assertThat(set(rule("a", all + "<Prefix/>", days(1))).code()).isEqualTo("MalformedXML");
    assertThat(set(rule("a", all, "")).code()).isEqualTo("InvalidRequest");
    assertThat(set().code()).isEqualTo("MalformedXML");
    assertThat(set(rule("a", all, days(1)).replace("Enabled", "enabled")).code())
        .isEqualTo("MalformedXML");
    assertThat(
            set(rule(
                    "a",
                    all,
                    "<Transition><Days>1</Days><StorageClass>GLACIER</StorageClass>"
                        + "</Transition>"))
                .code())
        .isEqualTo("NotImplemented");
    assertThat(
            set(rule("a", all, "<Expiration><Date>2030-01-01T01:00:00Z</Date></Expiration>"))
                .code())
        .isEqualTo("InvalidArgument");
    String farOff = "<Expiration><Date>+999999999-12-31T00:00:00Z</Date></Expiration>";
    assertThat(set(rule("a", all, farOff)).code()).isEqualTo("MalformedXML");
  }
}
