package dev.anvil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.s3.S3Client.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS documents of locks, lists, uploads, notifications and rules, refusal by refusal. */
@Tag("fast")
final class NextListTest {
  private static final String MISSING =
      "Missing required header for this request: Content-MD5 OR x-amz-checksum-*";
  private static final String OWNERSHIP =
      "<OwnershipControls><Rule><ObjectOwnership>%s</ObjectOwnership></Rule></OwnershipControls>";

  private static GatewayWorld world;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    world = new GatewayWorld();
    s3 = world.client();
    s3.send("PUT", "/docs");
    s3.send("PUT", "/docs/k", "hello");
    s3.send("PUT", "/vault", "", "x-amz-bucket-object-lock-enabled", "true");
    s3.send("PUT", "/vault/k", "hello");
    world.target("hook", "http://127.0.0.1:1/");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static String later() {
    return world.clock.instant().plus(Duration.ofDays(1)).toString();
  }

  @Test
  void whatLocksComesWithADigest() {
    String retention =
        "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>"
            + later()
            + "</RetainUntilDate></Retention>";
    String[][] locking = {
      {"/vault/k?retention", retention},
      {"/vault/k?legal-hold", "<LegalHold><Status>OFF</Status></LegalHold>"},
      {
        "/vault?object-lock",
        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
            + "</ObjectLockConfiguration>"
      },
    };
    for (String[] one : locking) {
      Answer bare = s3.send("PUT", one[0], one[1], "content-md5", null);
      assertThat(bare.code()).as(one[0]).isEqualTo("InvalidRequest");
      assertThat(bare.element("Message")).isEqualTo(MISSING);
      String[] chunks = {"x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"};
      assertThat(s3.send("PUT", one[0], one[1], chunks).element("Message"))
          .isEqualTo("The value of x-amz-content-sha256 header is invalid.");
      assertThat(s3.send("PUT", one[0], one[1], chunks[0], chunks[1], "content-md5", null).text())
          .contains("The value of x-amz-content-sha256 header is invalid.");
      assertThat(s3.send("PUT", one[0], one[1], "content-md5", S3Client.md5(new byte[0])).code())
          .isEqualTo("BadDigest");
      String crc = crc32(one[1]);
      assertThat(
              s3.send("PUT", one[0], one[1], "content-md5", null, "x-amz-checksum-crc32", crc)
                  .status())
          .as(one[0])
          .isEqualTo(200);
    }
    assertThat(s3.send("GET", "/vault/k?retention").element("Mode")).isEqualTo("GOVERNANCE");
  }

  @Test
  void aLockedPutComesWithADigest() {
    String[][] wishes = {
      {"x-amz-object-lock-legal-hold", "ON", "content-md5", null},
      {
        "x-amz-object-lock-mode",
        "GOVERNANCE",
        "x-amz-object-lock-retain-until-date",
        later(),
        "content-md5",
        null
      },
    };
    for (String[] wish : wishes) {
      Answer bare = s3.send("PUT", "/vault/put", "x", wish);
      assertThat(bare.code()).isEqualTo("InvalidRequest");
      assertThat(bare.element("Message")).startsWith("Content-MD5 OR x-amz-checksum-");
      assertThat(s3.send("HEAD", "/vault/put").status()).isEqualTo(404);
      String[] summed = java.util.Arrays.copyOf(wish, wish.length + 2);
      summed[wish.length] = "x-amz-checksum-crc32";
      summed[wish.length + 1] = crc32("x");
      assertThat(s3.send("PUT", "/vault/sum" + wish.length, "x", summed).status()).isEqualTo(200);
    }
    // copies and uploads have no body that a digest could be of
    assertThat(s3.send("POST", "/vault/up?uploads", "", wishes[1]).status()).isEqualTo(200);
    String[] copy = java.util.Arrays.copyOf(wishes[1], wishes[1].length + 2);
    copy[wishes[1].length] = "x-amz-copy-source";
    copy[wishes[1].length + 1] = "/docs/k";
    assertThat(s3.send("PUT", "/vault/copy", "", copy).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/vault/copy?retention").element("Mode")).isEqualTo("GOVERNANCE");
  }

  private static String crc32(String text) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    byte[] value = java.nio.ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return java.util.Base64.getEncoder().encodeToString(value);
  }

  @Test
  void aListSetToNoGrantIsEmptyAndTheOwnerStaysOwner() {
    s3.send("PUT", "/bare");
    s3.send("PUT", "/bare?ownershipControls", OWNERSHIP.formatted("ObjectWriter"));
    s3.send("PUT", "/bare/k", "x");
    String mine = s3.send("GET", "/").element("ID");
    String none =
        "<AccessControlPolicy><Owner><ID>"
            + mine
            + "</ID></Owner><AccessControlList/></AccessControlPolicy>";
    for (String target : new String[] {"/bare?acl", "/bare/k?acl"}) {
      assertThat(s3.send("GET", target).elements("Permission")).containsExactly("FULL_CONTROL");
      assertThat(s3.send("PUT", target, none).status()).isEqualTo(200);
      Answer empty = s3.send("GET", target);
      assertThat(empty.elements("Permission")).as(target).isEmpty();
      assertThat(empty.element("ID")).isEqualTo(mine);
    }
    assertThat(s3.send("GET", "/bare/k").text()).isEqualTo("x");
    assertThat(
            s3.send("PUT", "/bare?ownershipControls", OWNERSHIP.formatted("BucketOwnerEnforced")))
        .extracting(Answer::status)
        .isEqualTo(200);
    assertThat(s3.send("PUT", "/bare?acl", "", "x-amz-acl", "public-read").code())
        .isEqualTo("AccessControlListNotSupported");
    assertThat(s3.send("GET", "/bare?acl").elements("Permission")).containsExactly("FULL_CONTROL");
    s3.send("PUT", "/bare?ownershipControls", OWNERSHIP.formatted("ObjectWriter"));
    s3.send("PUT", "/bare?acl", "", "x-amz-acl", "private");
    assertThat(s3.send("GET", "/bare?acl").elements("Permission")).containsExactly("FULL_CONTROL");
  }

  @Test
  void anUploadEndsOnce() {
    String id = s3.send("POST", "/docs/u?uploads").element("UploadId");
    String upload = "/docs/u?uploadId=" + id;
    assertThat(s3.send("DELETE", upload).status()).isEqualTo(204);
    assertThat(s3.send("DELETE", upload).code()).isEqualTo("NoSuchUpload");
    id = s3.send("POST", "/docs/u?uploads").element("UploadId");
    upload = "/docs/u?uploadId=" + id;
    String part = "/docs/u?partNumber=1&uploadId=" + id;
    Answer method = s3.send("PUT", part, "x", "x-amz-server-side-encryption", "AES256");
    assertThat(method.code()).isEqualTo("InvalidArgument");
    String etag = s3.send("PUT", part, "x").header("etag");
    String parts =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag
            + "</ETag></Part></CompleteMultipartUpload>";
    assertThat(s3.send("POST", upload, parts).status()).isEqualTo(200);
    assertThat(s3.send("DELETE", upload).code()).isEqualTo("NoSuchUpload");
    assertThat(s3.send("GET", upload).code()).isEqualTo("NoSuchUpload");
    assertThat(s3.send("PUT", part, "x").code()).isEqualTo("NoSuchUpload");
    assertThat(s3.send("GET", "/docs/u").text()).isEqualTo("x");
  }

  private static String queue(String id, String event, String prefix, String suffix) {
    return "<QueueConfiguration><Id>"
        + id
        + "</Id><Queue>arn:anvil:webhook:::hook</Queue><Event>s3:"
        + event
        + "</Event><Filter><S3Key>"
        + part("prefix", prefix)
        + part("suffix", suffix)
        + "</S3Key></Filter></QueueConfiguration>";
  }

  private static String part(String name, String value) {
    return value == null
        ? ""
        : "<FilterRule><Name>" + name + "</Name><Value>" + value + "</Value></FilterRule>";
  }

  @ParameterizedTest
  @CsvSource({
    "ObjectCreated:*, , , ObjectCreated:Put, , , true",
    "ObjectCreated:Put, , , ObjectCreated:Copy, , , false",
    "ObjectCreated:*, , , ObjectRemoved:*, , , false",
    "ObjectCreated:*, im, , ObjectCreated:*, images, , true",
    "ObjectCreated:*, im, , ObjectCreated:*, , jpg, true",
    "ObjectCreated:*, images, , ObjectCreated:*, logs, , false",
    "ObjectCreated:*, , g, ObjectCreated:*, , pg, true",
    "ObjectCreated:*, , .jpg, ObjectCreated:*, , .png, false",
    "ObjectCreated:*, images, .jpg, ObjectCreated:*, images, .png, false",
    "ObjectCreated:*, images, .jpg, ObjectCreated:*, logs, .jpg, false",
  })
  void notificationsDoNotOverlap(
      String event,
      String prefix,
      String suffix,
      String other,
      String otherPrefix,
      String otherSuffix,
      boolean overlap) {
    Answer answer =
        s3.send(
            "PUT",
            "/docs?notification",
            "<NotificationConfiguration>"
                + queue("a", event, prefix, suffix)
                + queue("b", other, otherPrefix, otherSuffix)
                + "</NotificationConfiguration>");
    if (overlap) {
      assertThat(answer.code()).isEqualTo("InvalidArgument");
      assertThat(answer.element("Message")).startsWith("Configurations overlap.");
    } else {
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
  }

  @Test
  void prefixesOfRulesAreNoLongerThanKeys() {
    String long1025 = "a".repeat(1_025);
    String notification =
        "<NotificationConfiguration>%s</NotificationConfiguration>"
            .formatted(queue("a", "ObjectCreated:*", long1025, null));
    assertThat(s3.send("PUT", "/docs?notification", notification).element("Message"))
        .isEqualTo("Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation");
    String rule =
        "<LifecycleConfiguration><Rule><Status>Enabled</Status><Filter><Prefix>%s</Prefix></Filter>"
            + "<Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>";
    Answer lifecycle = s3.send("PUT", "/docs?lifecycle", rule.formatted(long1025));
    assertThat(lifecycle.code()).isEqualTo("InvalidRequest");
    assertThat(lifecycle.element("Message")).isEqualTo("The maximum size of a prefix is 1024.");
    assertThat(s3.send("PUT", "/docs?lifecycle", rule.formatted("a".repeat(1_024))).status())
        .isEqualTo(200);
    s3.send("DELETE", "/docs?lifecycle");
  }

  @Test
  void whatIsNotBuiltIsRefusedByItsNameAndMfaToo() {
    for (String unbuilt :
        new String[] {"website Website", "replication Replication", "logging Logging"}) {
      String[] names = unbuilt.split(" ");
      for (String verb : new String[] {"GET Get", "PUT Put", "DELETE Delete"}) {
        String[] verbs = verb.split(" ");
        Answer answer = s3.send(verbs[0], "/docs?" + names[0]);
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.element("Message"))
            .isEqualTo(verbs[1] + "Bucket" + names[1] + " is not implemented.");
      }
    }
    String versioning = "<VersioningConfiguration>%s</VersioningConfiguration>";
    String mfa = "<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>";
    assertThat(s3.send("PUT", "/docs?versioning", versioning.formatted(mfa)).status())
        .isEqualTo(501);
    assertThat(s3.send("GET", "/docs?versioning").element("Status")).isNull();
    assertThat(s3.send("PUT", "/docs?versioning", versioning.formatted("")).code())
        .isEqualTo("IllegalVersioningConfigurationException");
  }
}
