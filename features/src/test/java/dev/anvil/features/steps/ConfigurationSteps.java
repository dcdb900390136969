package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** Every configuration that a bucket stores, by an unmodified S3 client. */
public final class ConfigurationSteps {
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
          + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::all/hidden/*\"}]}";
  private final World world = World.current();
  private final Map<String, String> set = new LinkedHashMap<>();
  private final SdkClient sdk = new SdkClient(world);

  private S3Client s3() {
    return sdk.get();
  }

  /** Lets the client go. */
  @After
  public void close() {
    sdk.close();
  }

  @Given("the S3 client has set every configuration of a bucket {string}")
  public void setAll(String bucket) {
    s3().createBucket(b -> b.bucket(bucket).objectLockEnabledForBucket(true));
    s3().putObjectLockConfiguration(b ->
        b.bucket(bucket)
            .objectLockConfiguration(c ->
                c.objectLockEnabled("Enabled")
                    .rule(r ->
                        r.defaultRetention(
                            d -> d.mode(ObjectLockRetentionMode.GOVERNANCE).days(2)))));
    ServerSideEncryptionRule encrypted =
        ServerSideEncryptionRule.builder()
            .applyServerSideEncryptionByDefault(d -> d.sseAlgorithm(ServerSideEncryption.AES256))
            .build();
    s3().putBucketEncryption(
            b -> b.bucket(bucket).serverSideEncryptionConfiguration(c -> c.rules(encrypted)));
    LifecycleRule old =
        LifecycleRule.builder()
            .id("old")
            .status(ExpirationStatus.ENABLED)
            .filter(f -> f.prefix(""))
            .expiration(e -> e.days(30))
            .build();
    s3().putBucketLifecycleConfiguration(
            b -> b.bucket(bucket).lifecycleConfiguration(c -> c.rules(old)));
    CORSRule cors = CORSRule.builder().allowedOrigins("http://a").allowedMethods("GET").build();
    s3().putBucketCors(b -> b.bucket(bucket).corsConfiguration(c -> c.corsRules(cors)));
    QueueConfiguration told =
        QueueConfiguration.builder()
            .id("told")
            .queueArn("arn:anvil:webhook:::hook")
            .events(Event.S3_OBJECT_CREATED)
            .build();
    s3().putBucketNotificationConfiguration(b ->
        b.bucket(bucket)
            .skipDestinationValidation(true)
            .notificationConfiguration(c -> c.queueConfigurations(told)));
    Tag kept = Tag.builder().key("kept").value("yes").build();
    s3().putBucketTagging(b -> b.bucket(bucket).tagging(t -> t.tagSet(kept)));
    OwnershipControlsRule writer =
        OwnershipControlsRule.builder().objectOwnership(ObjectOwnership.OBJECT_WRITER).build();
    s3().putBucketOwnershipControls(b -> b.bucket(bucket).ownershipControls(c -> c.rules(writer)));
    s3().putPublicAccessBlock(
            b -> b.bucket(bucket).publicAccessBlockConfiguration(c -> c.blockPublicAcls(true)));
    s3().putBucketPolicy(b -> b.bucket(bucket).policy(POLICY));
    set.putAll(told(bucket));
    assertThat(set).hasSize(12);
  }

  private Map<String, String> told(String bucket) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("versioning", s3().getBucketVersioning(b -> b.bucket(bucket)).toString());
    all.put("lock", s3().getObjectLockConfiguration(b -> b.bucket(bucket)).toString());
    all.put("encryption", s3().getBucketEncryption(b -> b.bucket(bucket)).toString());
    all.put("lifecycle", s3().getBucketLifecycleConfiguration(b -> b.bucket(bucket)).toString());
    all.put("cors", s3().getBucketCors(b -> b.bucket(bucket)).toString());
    all.put(
        "notifications", s3().getBucketNotificationConfiguration(b -> b.bucket(bucket)).toString());
    all.put("tags", s3().getBucketTagging(b -> b.bucket(bucket)).toString());
    all.put("ownership", s3().getBucketOwnershipControls(b -> b.bucket(bucket)).toString());
    all.put("block", s3().getPublicAccessBlock(b -> b.bucket(bucket)).toString());
    all.put("policy", s3().getBucketPolicy(b -> b.bucket(bucket)).toString());
    all.put("public", s3().getBucketPolicyStatus(b -> b.bucket(bucket)).toString());
    all.put("list", s3().getBucketAcl(b -> b.bucket(bucket)).toString());
    return all;
  }

  @When("the S3 client copies and deletes many in {string}")
  public void copiesAndDeletes(String bucket) {
    for (String key : new String[] {"a", "b", "hidden/c"}) {
      s3().putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString(key));
    }
    CopyObjectResponse copied =
        s3().copyObject(b ->
            b.sourceBucket(bucket).sourceKey("a").destinationBucket(bucket).destinationKey("copy"));
    assertThat(copied.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
    DeleteObjectsResponse gone =
        s3().deleteObjects(b ->
            b.bucket(bucket)
                .delete(d ->
                    d.objects(
                        ObjectIdentifier.builder().key("a").build(),
                        ObjectIdentifier.builder().key("b").build(),
                        ObjectIdentifier.builder()
                            .key("copy")
                            .versionId(copied.versionId())
                            .build())));
    assertThat(gone.deleted()).allMatch(d -> Boolean.TRUE.equals(d.deleteMarker())).hasSize(2);
    assertThat(gone.errors()).singleElement().matches(e -> e.code().equals("AccessDenied"));
  }

  @Then("every configuration of {string} is as it was and does what it says")
  public void asItWas(String bucket) {
    assertThat(told(bucket)).isEqualTo(set);
    s3().putObject(b -> b.bucket(bucket).key("new"), RequestBody.fromString("new"));
    for (String key : new String[] {"copy", "new"}) {
      HeadObjectResponse head = s3().headObject(b -> b.bucket(bucket).key(key));
      assertThat(head.serverSideEncryption()).as(key).isEqualTo(ServerSideEncryption.AES256);
      assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.GOVERNANCE);
      assertThat(head.expiration()).contains("rule-id=\"old\"");
      assertThat(
              refused(() ->
                      s3().deleteObject(b -> b.bucket(bucket).key(key).versionId(head.versionId())))
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(refused(() -> s3().getObject(b -> b.bucket(bucket).key("hidden/c"))).statusCode())
        .isEqualTo(403);
    assertThat(
            refused(() -> s3().putObjectAcl(b -> b.bucket(bucket).key("new").acl("public-read")))
                .statusCode())
        .isEqualTo(403);
  }

  private static S3Exception refused(Runnable action) {
    S3Exception thrown = catchThrowableOfType(S3Exception.class, action::run);
    assertThat(thrown).isNotNull();
    return thrown;
  }
}
