package dev.anvil.features.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An unmodified S3 client at the node. */
public final class S3Steps {
  private final World world = World.current();
  private final SdkClient sdk = new SdkClient(world);

  private S3Client s3() {
    return sdk.get();
  }

  /** Lets the client go. */
  @After
  public void close() {
    sdk.close();
  }

  @When("the S3 client creates the bucket {string}")
  public void create(String bucket) {
    s3().createBucket(b -> b.bucket(bucket));
  }

  @Then("the S3 client sees the bucket {string}")
  public void sees(String bucket) {
    s3().headBucket(b -> b.bucket(bucket));
    assertThat(buckets()).contains(bucket);
  }

  @Then("the S3 client sees no bucket {string}")
  public void seesNo(String bucket) {
    assertThat(refused(() -> s3().headBucket(b -> b.bucket(bucket))).statusCode()).isEqualTo(404);
    assertThat(buckets()).doesNotContain(bucket);
  }

  private List<String> buckets() {
    return s3().listBuckets().buckets().stream().map(Bucket::name).toList();
  }

  @When("the S3 client deletes the bucket {string}")
  public void delete(String bucket) {
    s3().deleteBucket(b -> b.bucket(bucket));
  }

  @Then("the S3 client cannot delete the bucket {string}: {int} {string}")
  public void cannotDelete(String bucket, int status, String code) {
    assertRefused(refused(() -> s3().deleteBucket(b -> b.bucket(bucket))), status, code);
  }

  @Given("the S3 client has put {string} under {string} in {string}")
  public void put(String content, String key, String bucket) {
    s3().putObject(
            b -> b.bucket(bucket).key(key).contentType("text/x").metadata(Map.of("mood", "good")),
            RequestBody.fromString(content));
  }

  @Given("the S3 client has put an object {string} of type {string} in {string}")
  public void putTyped(String key, String type, String bucket) {
    s3().putObject(
            b -> b.bucket(bucket).key(key).contentType(type), RequestBody.fromString("typed"));
  }

  @Then("the S3 client reads the type {string} of {string} in {string}")
  public void type(String type, String key, String bucket) {
    assertThat(s3().headObject(b -> b.bucket(bucket).key(key)).contentType()).isEqualTo(type);
  }

  @Then("GET and HEAD of {string} in {string} agree on {string}")
  public void agree(String key, String bucket, String content) throws NoSuchAlgorithmException {
    var got = s3().getObject(b -> b.bucket(bucket).key(key), ResponseTransformer.toBytes());
    GetObjectResponse get = got.response();
    HeadObjectResponse head = s3().headObject(b -> b.bucket(bucket).key(key));
    String md5 =
        HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content.getBytes(UTF_8)));
    assertThat(got.asUtf8String()).isEqualTo(content);
    assertThat(get.eTag()).isEqualTo('"' + md5 + '"').isEqualTo(head.eTag());
    assertThat(get.contentLength()).isEqualTo(content.length()).isEqualTo(head.contentLength());
    assertThat(get.lastModified()).isNotNull().isEqualTo(head.lastModified());
    assertThat(get.contentType()).isEqualTo("text/x").isEqualTo(head.contentType());
    assertThat(get.metadata()).containsEntry("mood", "good").isEqualTo(head.metadata());
  }

  @Then("the S3 client reads {string} under {string} in {string}")
  public void reads(String content, String key, String bucket) {
    assertThat(
            s3().getObject(b -> b.bucket(bucket).key(key), ResponseTransformer.toBytes())
                .asUtf8String())
        .isEqualTo(content);
  }

  @Then("the S3 client reads {string} of bytes {int} to {int} of {string} in {string}")
  public void range(String content, int first, int last, String key, String bucket) {
    var got =
        s3().getObject(
                b -> b.bucket(bucket).key(key).range("bytes=" + first + "-" + last),
                ResponseTransformer.toBytes());
    assertThat(got.asUtf8String()).isEqualTo(content);
    assertThat(got.response().contentRange()).startsWith("bytes " + first + "-" + last + "/");
  }

  @Then("the S3 list of {string} below {string} has the keys {string} and the folders {string}")
  public void list(String bucket, String prefix, String keys, String folders) {
    var page = s3().listObjectsV2(b -> b.bucket(bucket).prefix(prefix).delimiter("/"));
    assertThat(page.contents().stream().map(S3Object::key)).containsExactly(keys.split(","));
    assertThat(page.commonPrefixes().stream().map(CommonPrefix::prefix))
        .containsExactly(folders.split(","));
  }

  @When("the S3 client deletes {string} in {string}")
  public void deleteObject(String key, String bucket) {
    s3().deleteObject(b -> b.bucket(bucket).key(key));
  }

  @Then("the S3 client cannot read {string} in {string}: {int} {string}")
  public void cannotRead(String key, String bucket, int status, String code) {
    assertRefused(
        refused(
            () -> s3().getObject(b -> b.bucket(bucket).key(key), ResponseTransformer.toBytes())),
        status,
        code);
  }

  @Then("the S3 client cannot put {string} in {string}: {int} {string}")
  public void cannotPut(String key, String bucket, int status, String code) {
    assertRefused(
        refused(() -> s3().putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString("x"))),
        status,
        code);
  }

  @When("the S3 client uploads {string} in {string} in two parts")
  public void parts(String key, String bucket) {
    String id = s3().createMultipartUpload(b -> b.bucket(bucket).key(key)).uploadId();
    byte[] first = new byte[5 << 20];
    Arrays.fill(first, (byte) 7);
    String one =
        s3().uploadPart(
                b -> b.bucket(bucket).key(key).uploadId(id).partNumber(1),
                RequestBody.fromBytes(first))
            .eTag();
    String two =
        s3().uploadPart(
                b -> b.bucket(bucket).key(key).uploadId(id).partNumber(2),
                RequestBody.fromString("end"))
            .eTag();
    s3().completeMultipartUpload(b ->
        b.bucket(bucket)
            .key(key)
            .uploadId(id)
            .multipartUpload(u ->
                u.parts(
                    CompletedPart.builder().partNumber(1).eTag(one).build(),
                    CompletedPart.builder().partNumber(2).eTag(two).build())));
  }

  @Then("{string} in {string} is the two parts")
  public void isParts(String key, String bucket) {
    byte[] all =
        s3().getObject(b -> b.bucket(bucket).key(key), ResponseTransformer.toBytes()).asByteArray();
    assertThat(all).hasSize((5 << 20) + 3).endsWith('e', 'n', 'd').startsWith(7, 7);
  }

  private static S3Exception refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    S3Exception refusal = catchThrowableOfType(S3Exception.class, call);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal;
  }

  private static void assertRefused(S3Exception refusal, int status, String code) {
    assertThat(refusal.statusCode()).isEqualTo(status);
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
  }
}
