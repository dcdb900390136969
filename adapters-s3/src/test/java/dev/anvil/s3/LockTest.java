package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.DeleteBucket;
import dev.anvil.objects.multipart.UploadContents;
import dev.anvil.ports.failure.AnvilException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Object lock: what is locked stays, whoever wants it away and whatever the clock says. */
@Tag("fast")
final class LockTest {
  private static final String MODE = "x-amz-object-lock-mode";
  private static final String UNTIL = "x-amz-object-lock-retain-until-date";
  private static final String BYPASS = "x-amz-bypass-governance-retention";
  private GatewayWorld world;
  private S3Client s3;

  @BeforeEach
  void start() {
    world = new GatewayWorld();
    s3 = world.client();
    assertThat(s3.send("PUT", "/vault", "", "x-amz-bucket-object-lock-enabled", "true").status())
        .isEqualTo(200);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private String in(Duration time) {
    return world.clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String put(String key, String mode, Duration time) {
    S3Client.Answer answer = s3.send("PUT", "/vault/" + key, "locked", MODE, mode, UNTIL, in(time));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.header("x-amz-version-id");
  }

  private S3Client.Answer delete(String key, String version, String... headers) {
    return s3.send("DELETE", "/vault/" + key + "?versionId=" + version, "", headers);
  }

  private static String retention(String mode, String until) {
    return "<Retention><Mode>"
        + mode
        + "</Mode><RetainUntilDate>"
        + until
        + "</RetainUntilDate></Retention>";
  }

  @Test
  void aDateThatNoRecordHoldsIsRefused() {
    String farOff = "+999999999-12-31T00:00:00Z";
    assertThat(s3.send("PUT", "/vault/k", "locked", MODE, "GOVERNANCE", UNTIL, farOff).code())
        .isEqualTo("InvalidArgument");
    assertThat(s3.send("PUT", "/vault/k", "locked").status()).isEqualTo(200);
    assertThat(s3.send("PUT", "/vault/k?retention", retention("GOVERNANCE", farOff)).code())
        .isEqualTo("MalformedXML");
  }

  @Test
  void configurationIsWhatWasSet() {
    assertThat(s3.send("GET", "/vault?versioning").element("Status")).isEqualTo("Enabled");
    assertThat(s3.send("GET", "/vault?object-lock").element("ObjectLockEnabled"))
        .isEqualTo("Enabled");
    String days =
        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
            + "<DefaultRetention><Mode>GOVERNANCE</Mode><Days>%s</Days></DefaultRetention></Rule>"
            + "</ObjectLockConfiguration>";
    assertThat(s3.send("PUT", "/vault?object-lock", days.formatted("3")).status()).isEqualTo(200);
    S3Client.Answer got = s3.send("GET", "/vault?object-lock");
    assertThat(got.element("Mode")).isEqualTo("GOVERNANCE");
    assertThat(got.element("Days")).isEqualTo("3");
    assertThat(s3.send("PUT", "/vault?object-lock", days.formatted("0")).code())
        .isEqualTo("InvalidRetentionPeriod");
    assertThat(
            s3.send("PUT", "/vault?object-lock", days.formatted("3</Days><Years>1</Years><Days>4"))
                .code())
        .isEqualTo("MalformedXML");
    assertThat(
            s3.send("PUT", "/vault?object-lock", days.replace("Enabled", "Disabled").formatted("3"))
                .code())
        .isEqualTo("MalformedXML");
    String suspend =
        "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";
    assertThat(s3.send("PUT", "/vault?versioning", suspend).code()).isEqualTo("InvalidBucketState");
    s3.send("PUT", "/plain");
    assertThat(s3.send("GET", "/plain?object-lock").code())
        .isEqualTo("ObjectLockConfigurationNotFoundError");
    assertThat(s3.send("PUT", "/plain?object-lock", days.formatted("3")).code())
        .isEqualTo("InvalidBucketState");
    assertThat(s3.send("PUT", "/plain/k", "x", MODE, "GOVERNANCE", UNTIL, in(Duration.ofDays(1))))
        .extracting(S3Client.Answer::code)
        .isEqualTo("InvalidRequest");
    s3.send("PUT", "/plain/k", "x");
    assertThat(s3.send("GET", "/plain/k?retention").code()).isEqualTo("InvalidRequest");
    assertThat(s3.send("PUT", "/plain/k?legal-hold", "<LegalHold><Status>ON</Status></LegalHold>"))
        .extracting(S3Client.Answer::code)
        .isEqualTo("InvalidRequest");
  }

  @Test
  void defaultRetentionHoldsByItselfAndEndsByItself() {
    String days =
        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
            + "<DefaultRetention><Mode>COMPLIANCE</Mode><Days>3</Days></DefaultRetention></Rule>"
            + "</ObjectLockConfiguration>";
    s3.send("PUT", "/vault?object-lock", days);
    String version =
        s3.send("PUT", "/vault/k", "x", "content-md5", S3Client.md5(new byte[] {'x'}))
            .header("x-amz-version-id");
    S3Client.Answer bare = s3.send("PUT", "/vault/k", "x");
    assertThat(bare.code()).isEqualTo("InvalidRequest");
    assertThat(bare.element("Message")).startsWith("Content-MD5 OR x-amz-checksum-");
    S3Client stranger = world.client(world.application("acme", "reader", "object:read|bucket:*"));
    assertThat(stranger.send("PUT", "/vault/k", "x").code()).isEqualTo("AccessDenied");
    String copied =
        s3.send("PUT", "/vault/copy", "", "x-amz-copy-source", "vault/k")
            .header("x-amz-version-id");
    assertThat(s3.send("HEAD", "/vault/k").header(MODE)).isEqualTo("COMPLIANCE");
    assertThat(delete("k", version, BYPASS, "true").code()).isEqualTo("AccessDenied");
    assertThat(delete("copy", copied).code()).isEqualTo("AccessDenied");
    world.pass(Duration.ofDays(2));
    assertThat(delete("k", version).status()).isEqualTo(403);
    world.pass(Duration.ofDays(1).plusSeconds(1));
    assertThat(delete("k", version).status()).isEqualTo(204);
  }

  @Test
  void aClockSetForwardOpensNothing() {
    String version = put("k", "COMPLIANCE", Duration.ofDays(30));
    world.clock.move(Duration.ofDays(365));
    assertThat(delete("k", version).code()).isEqualTo("AccessDenied");
    assertThat(world.services.guards().clock().lead()).isGreaterThan(Duration.ofDays(300));
    world.ticker.advance(Duration.ofDays(29));
    assertThat(delete("k", version).code()).isEqualTo("AccessDenied");
    world.ticker.advance(Duration.ofDays(2));
    assertThat(delete("k", version).status()).isEqualTo(204);
  }

  @Test
  void governanceGivesWayToWhoMayAndComplianceToNobody() {
    String governed = put("g", "GOVERNANCE", Duration.ofDays(9));
    String complied = put("c", "COMPLIANCE", Duration.ofDays(9));
    S3Client writer = world.client(world.application("acme", "writer", "object:*|bucket:vault/*"));
    assertThat(writer.send("DELETE", "/vault/g?versionId=" + governed, "", BYPASS, "true").code())
        .isEqualTo("AccessDenied");
    assertThat(delete("g", governed).code()).isEqualTo("AccessDenied");
    String sooner = retention("GOVERNANCE", in(Duration.ofDays(2)));
    String later = retention("GOVERNANCE", in(Duration.ofDays(20)));
    assertThat(s3.send("PUT", "/vault/g?retention", sooner).code()).isEqualTo("AccessDenied");
    assertThat(s3.send("PUT", "/vault/g?retention", later).status()).isEqualTo(200);
    assertThat(s3.send("PUT", "/vault/g?retention", sooner, BYPASS, "true").status())
        .isEqualTo(200);
    assertThat(s3.send("PUT", "/vault/g?retention", "<Retention/>").code())
        .isEqualTo("AccessDenied");
    assertThat(
            s3.send(
                    "PUT",
                    "/vault/c?retention",
                    retention("COMPLIANCE", in(Duration.ofDays(2))),
                    BYPASS,
                    "true")
                .code())
        .isEqualTo("AccessDenied");
    assertThat(
            s3.send(
                    "PUT",
                    "/vault/c?retention",
                    retention("GOVERNANCE", in(Duration.ofDays(20))),
                    BYPASS,
                    "true")
                .code())
        .isEqualTo("AccessDenied");
    assertThat(delete("c", complied, BYPASS, "true").code()).isEqualTo("AccessDenied");
    assertThat(delete("g", governed, BYPASS, "true").status()).isEqualTo(204);
    assertThat(
            s3.send("PUT", "/vault/c?retention", retention("COMPLIANCE", "2001-01-01T00:00:00Z"))
                .code())
        .isEqualTo("AccessDenied");
    s3.send("PUT", "/vault/new", "x");
    assertThat(
            s3.send("PUT", "/vault/new?retention", retention("COMPLIANCE", "2001-01-01T00:00:00Z"))
                .code())
        .isEqualTo("InvalidArgument");
    assertThat(s3.send("PUT", "/vault/new?retention", retention("abc", in(Duration.ofDays(1)))))
        .extracting(S3Client.Answer::code)
        .isEqualTo("MalformedXML");
    assertThat(s3.send("GET", "/vault/new?retention").code())
        .isEqualTo("NoSuchObjectLockConfiguration");
  }

  @Test
  void legalHoldsHoldUntilTheyAreLifted() {
    String version =
        s3.send("PUT", "/vault/h", "x", "x-amz-object-lock-legal-hold", "ON")
            .header("x-amz-version-id");
    assertThat(s3.send("GET", "/vault/h?legal-hold").element("Status")).isEqualTo("ON");
    world.pass(Duration.ofDays(4_000));
    assertThat(delete("h", version, BYPASS, "true").code()).isEqualTo("AccessDenied");
    String off = "<LegalHold><Status>OFF</Status></LegalHold>";
    assertThat(s3.send("PUT", "/vault/h?legal-hold", off).status()).isEqualTo(200);
    assertThat(s3.send("HEAD", "/vault/h").header("x-amz-object-lock-legal-hold")).isEqualTo("OFF");
    assertThat(
            s3.send("PUT", "/vault/h?legal-hold", "<LegalHold><Status>abc</Status></LegalHold>")
                .code())
        .isEqualTo("MalformedXML");
    assertThat(delete("h", version).status()).isEqualTo(204);
  }

  @Test
  void nothingElseRemovesWhatIsLocked() {
    String version = put("k", "GOVERNANCE", Duration.ofDays(30));
    s3.send("PUT", "/vault/k", "over it");
    s3.send("DELETE", "/vault/k");
    String batch =
        "<Delete><Object><Key>k</Key><VersionId>" + version + "</VersionId></Object></Delete>";
    S3Client.Answer many =
        s3.send(
            "POST",
            "/vault?delete",
            batch,
            "content-md5",
            S3Client.md5(batch.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(many.element("Code")).as(many.text()).isEqualTo("AccessDenied");
    String lifecycle =
        "<LifecycleConfiguration><Rule><ID>all</ID><Status>Enabled</Status><Filter/>"
            + "<Expiration><Days>1</Days></Expiration><NoncurrentVersionExpiration>"
            + "<NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration></Rule>"
            + "</LifecycleConfiguration>";
    assertThat(s3.send("PUT", "/vault?lifecycle", lifecycle).status()).isEqualTo(200);
    world.pass(Duration.ofDays(7));
    assertThat(s3.send("GET", "/vault?versions").elements("VersionId")).contains(version);
    assertThat(s3.send("GET", "/vault/k?versionId=" + version).text()).isEqualTo("locked");
    DeleteBucket.Command force =
        new DeleteBucket.Command(new BucketName("vault"), true, true, null);
    Call admin = new Call(Caller.admin("root"), "r-admin");
    Throwable refused =
        Assertions.catchThrowable(() ->
            new DeleteBucket(world.services, List.of(new UploadContents())).execute(admin, force));
    assertThat(refused).isInstanceOf(AnvilException.class);
    assertThat(((AnvilException) refused).code().wire()).isEqualTo("ObjectLocked");
    world.pass(Duration.ofDays(24));
    assertThat(s3.send("GET", "/vault?versions").elements("VersionId")).doesNotContain(version);
  }

  @Test
  void aClockThatWasLeftIsNotBelievedAnything() {
    Instant left = world.clock.instant();
    var back =
        dev.anvil.objects.rules.LockClock.after(
            left.minus(Duration.ofDays(30)), world.clock, world.ticker);
    assertThat(back.now()).isEqualTo(left.minus(Duration.ofDays(30)));
    assertThat(back.lead()).isEqualTo(Duration.ofDays(30));
    back.confirm();
    assertThat(back.now()).isEqualTo(left);
    var soon =
        dev.anvil.objects.rules.LockClock.after(
            left.minus(Duration.ofDays(3)), world.clock, world.ticker);
    assertThat(soon.now()).isEqualTo(left);
    world.clock.move(Duration.ofDays(-3));
    assertThat(soon.now()).isEqualTo(left);
  }
}
