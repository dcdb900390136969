package dev.anvil.features.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.anvil.ports.testkit.Waiting;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** Locks, encryption, lifecycles and notifications, by an unmodified S3 client. */
public final class GuardSteps {
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private final World world = World.current();
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final SdkClient sdk = new SdkClient(world);
  private String lockedVersion;
  private ServerSocket hook;

  private S3Client s3() {
    return sdk.get();
  }

  /** Lets the client and the webhook go. */
  @After
  public void close() {
    try {
      if (hook != null) {
        hook.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sdk.close();
  }

  private static S3Exception refused(Runnable action) {
    S3Exception thrown = catchThrowableOfType(S3Exception.class, action::run);
    assertThat(thrown).isNotNull();
    return thrown;
  }

  @Given("the S3 client has a bucket {string} with object lock")
  public void vault(String bucket) {
    s3().createBucket(b -> b.bucket(bucket).objectLockEnabledForBucket(true));
    assertThat(
            s3().getObjectLockConfiguration(b -> b.bucket(bucket))
                .objectLockConfiguration()
                .objectLockEnabledAsString())
        .isEqualTo("Enabled");
  }

  @Given("the S3 client has locked {string} under {string} in {string} for {int} days")
  public void locked(String content, String key, String bucket, int days) {
    lockedVersion =
        s3().putObject(
                b ->
                    b.bucket(bucket)
                        .key(key)
                        .objectLockMode(ObjectLockMode.COMPLIANCE)
                        .objectLockRetainUntilDate(Instant.now().plus(Duration.ofDays(days))),
                RequestBody.fromString(content))
            .versionId();
  }

  @Then("the S3 client cannot remove the locked version")
  public void cannotRemove() {
    S3Exception refusal =
        refused(() ->
            s3().deleteObject(b ->
                b.bucket("vault")
                    .key("k")
                    .versionId(lockedVersion)
                    .bypassGovernanceRetention(true)));
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
  }

  @Then("the S3 client cannot remove the locked version in a batch")
  public void cannotRemoveInBatch() {
    var errors =
        s3().deleteObjects(b ->
                b.bucket("vault")
                    .delete(d ->
                        d.objects(
                            List.of(
                                ObjectIdentifier.builder()
                                    .key("k")
                                    .versionId(lockedVersion)
                                    .build()))))
            .errors();
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst().code()).isEqualTo("AccessDenied");
  }

  @When("the application removes the locked version")
  public void removes() {
    world.note(
        world.application().send("DELETE", "/v1/buckets/vault/objects/k?version=" + lockedVersion));
  }

  @Then("the S3 client sees that {string} in {string} is retained and lifts nothing")
  public void retained(String key, String bucket) {
    var retention = s3().getObjectRetention(b -> b.bucket(bucket).key(key)).retention();
    assertThat(retention.mode()).isEqualTo(ObjectLockRetentionMode.COMPLIANCE);
    S3Exception refusal =
        refused(() ->
            s3().putObjectRetention(b ->
                b.bucket(bucket)
                    .key(key)
                    .bypassGovernanceRetention(true)
                    .retention(r ->
                        r.mode(ObjectLockRetentionMode.COMPLIANCE)
                            .retainUntilDate(Instant.now().plusSeconds(60)))));
    assertThat(refusal.statusCode()).isEqualTo(403);
    s3().putObjectLegalHold(b -> b.bucket(bucket).key(key).legalHold(h -> h.status("ON")));
    assertThat(s3().getObjectLegalHold(b -> b.bucket(bucket).key(key)).legalHold().statusAsString())
        .isEqualTo("ON");
  }

  @Given("the bucket {string} encrypts by default")
  public void encrypts(String bucket) {
    s3().putBucketEncryption(b ->
        b.bucket(bucket)
            .serverSideEncryptionConfiguration(c ->
                c.rules(
                    List.of(
                        ServerSideEncryptionRule.builder()
                            .applyServerSideEncryptionByDefault(
                                d -> d.sseAlgorithm(ServerSideEncryption.AES256))
                            .build()))));
    stillEncrypts(bucket);
  }

  @Then("the bucket {string} still encrypts by default")
  public void stillEncrypts(String bucket) {
    assertThat(
            s3().getBucketEncryption(b -> b.bucket(bucket))
                .serverSideEncryptionConfiguration()
                .rules()
                .getFirst()
                .applyServerSideEncryptionByDefault()
                .sseAlgorithm())
        .isEqualTo(ServerSideEncryption.AES256);
  }

  private static String md5() {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(KEY));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @When("the S3 client has put {string} under {string} in {string} with its own key")
  public void putKeyed(String content, String key, String bucket) {
    s3().putObject(
            b ->
                b.bucket(bucket)
                    .key(key)
                    .sseCustomerAlgorithm("AES256")
                    .sseCustomerKey(Base64.getEncoder().encodeToString(KEY))
                    .sseCustomerKeyMD5(md5()),
            RequestBody.fromString(content));
  }

  @Then("the S3 client reads {string} under {string} in {string} with its own key")
  public void readsKeyed(String content, String key, String bucket) {
    ResponseBytes<GetObjectResponse> got =
        s3().getObject(
                b ->
                    b.bucket(bucket)
                        .key(key)
                        .sseCustomerAlgorithm("AES256")
                        .sseCustomerKey(Base64.getEncoder().encodeToString(KEY))
                        .sseCustomerKeyMD5(md5()),
                ResponseTransformer.toBytes());
    assertThat(got.asUtf8String()).isEqualTo(content);
    assertThat(got.response().sseCustomerAlgorithm()).isEqualTo("AES256");
  }

  @Then("the S3 client cannot read {string} in {string} without its key")
  public void cannotRead(String key, String bucket) {
    S3Exception refusal =
        refused(
            () -> s3().getObject(b -> b.bucket(bucket).key(key), ResponseTransformer.toBytes()));
    assertThat(refusal.statusCode()).isEqualTo(400);
  }

  @Given("the operator has named a webhook {string}")
  public void names(String name) throws IOException {
    hook = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::listen);
    String url = "http://127.0.0.1:" + hook.getLocalPort() + "/in";
    Wire.Answer answer =
        world
            .admin()
            .json("PUT", "/v1/admin/notification-targets/" + name, "{\"url\":\"" + url + "\"}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("arn").asText()).isEqualTo("arn:anvil:webhook:::" + name);
    assertThat(answer.json().path("secret").asText()).hasSizeGreaterThan(40);
  }

  private void listen() {
    while (!hook.isClosed()) {
      try (Socket peer = hook.accept()) {
        byte[] bytes = new byte[16_384];
        StringBuilder request = new StringBuilder();
        while (request.indexOf("}}}]}") < 0) {
          int n = peer.getInputStream().read(bytes);
          if (n < 0) {
            break;
          }
          request.append(new String(bytes, 0, n, UTF_8));
        }
        heard.add(request.toString());
        peer.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
      } catch (IOException e) {
        heard.add("closed");
      }
    }
  }

  @Given("the S3 client asks {string} to tell {string} of everything")
  public void asks(String bucket, String name) {
    s3().putBucketNotificationConfiguration(b ->
        b.bucket(bucket)
            .skipDestinationValidation(true)
            .notificationConfiguration(c ->
                c.queueConfigurations(
                    List.of(
                        QueueConfiguration.builder()
                            .id("all")
                            .queueArn("arn:anvil:webhook:::" + name)
                            .events(Event.S3_OBJECT_CREATED, Event.S3_LIFECYCLE_EXPIRATION)
                            .build()))));
  }

  @When("the S3 client lets everything under {string} in {string} end on a day long past")
  public void ends(String prefix, String bucket) {
    s3().putBucketLifecycleConfiguration(b ->
        b.bucket(bucket)
            .lifecycleConfiguration(c ->
                c.rules(
                    List.of(
                        LifecycleRule.builder()
                            .id("past")
                            .status(ExpirationStatus.ENABLED)
                            .filter(f -> f.prefix(prefix))
                            .expiration(e -> e.date(Instant.parse("2020-01-01T00:00:00Z")))
                            .build()))));
  }

  @Then("{string} in {string} ends by itself, and {string} does not")
  public void ended(String key, String bucket, String other) {
    Waiting.until(
        key + " has ended",
        () ->
            s3().listObjectsV2(b -> b.bucket(bucket)).contents().stream()
                .noneMatch(o -> o.key().equals(key)));
    s3().headObject(b -> b.bucket(bucket).key(other));
  }

  @Then("the webhook hears of {string} and {string}")
  public void hears(String first, String second) {
    for (String event : new String[] {first, second}) {
      Waiting.until(
          event + " is told",
          () -> heard.stream().anyMatch(h -> h.contains("\"eventName\":\"" + event + "\"")));
    }
    assertThat(heard.peek()).contains("Anvil-Signature: t=").contains("Anvil-Delivery: ");
  }

  @Then("the lifecycle and the notifications of {string} are as they were set")
  public void asSet(String bucket) {
    var rule = s3().getBucketLifecycleConfiguration(b -> b.bucket(bucket)).rules().getFirst();
    assertThat(Map.of("id", rule.id(), "prefix", rule.filter().prefix()))
        .isEqualTo(Map.of("id", "past", "prefix", "old/"));
    var told =
        s3().getBucketNotificationConfiguration(b -> b.bucket(bucket))
            .queueConfigurations()
            .getFirst();
    assertThat(told.id()).isEqualTo("all");
    assertThat(told.events()).contains(Event.S3_LIFECYCLE_EXPIRATION);
  }
}
