package dev.anvil.features.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What buckets grant, as unmodified S3 clients of the owner, of others and of nobody see it. */
public final class S3AccessSteps {
  private final World world = World.current();
  private final List<S3Client> open = new ArrayList<>();
  private AwsCredentialsProvider neighbour;

  private S3Client client(AwsCredentialsProvider who) {
    S3Client client =
        S3Client.builder()
            .endpointOverride(world.publicUrl())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(who)
            .build();
    open.add(client);
    return client;
  }

  private static AwsCredentialsProvider key(String id, String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
  }

  private S3Client owner() {
    return client(key(world.clientId(), world.clientSecret()));
  }

  private S3Client nobody() {
    return client(AnonymousCredentialsProvider.create());
  }

  /** Lets the clients go. */
  @After
  public void close() {
    open.forEach(S3Client::close);
  }

  @Given("an account {string} with an S3 client of its own")
  public void account(String name) {
    world.admin().json("POST", "/v1/admin/tenants", "{\"name\":\"" + name + "\"}");
    JsonNode made =
        world
            .admin()
            .json(
                "POST",
                "/v1/admin/tenants/" + name + "/applications",
                "{\"name\":\"app\",\"grants\":[\"*|*\"]}")
            .json();
    neighbour = key(made.path("clientId").asText(), made.path("clientSecret").asText());
  }

  @When("the S3 client creates the bucket {string} whose writers own objects")
  public void createOwned(String bucket) {
    owner().createBucket(b -> b.bucket(bucket).objectOwnership(ObjectOwnership.OBJECT_WRITER));
  }

  @When("the S3 client has put {string} under {string} in {string} for everybody")
  public void putOpen(String content, String key, String bucket) {
    owner()
        .putObject(
            b -> b.bucket(bucket).key(key).acl(ObjectCannedACL.PUBLIC_READ),
            RequestBody.fromString(content));
  }

  @Then("everybody reads {string} under {string} in {string}")
  public void everybodyReads(String content, String key, String bucket) {
    assertThat(read(nobody(), bucket, key)).isEqualTo(content);
    assertThat(read(client(neighbour), bucket, key)).isEqualTo(content);
  }

  @Then("nobody else reads {string} in {string}")
  public void nobodyReads(String key, String bucket) {
    refused(() -> read(nobody(), bucket, key));
    refused(() -> read(client(neighbour), bucket, key));
  }

  @Then("a stranger cannot read {string} in {string}")
  public void anonymousReadsNothing(String key, String bucket) {
    refused(() -> read(nobody(), bucket, key));
  }

  @Then("the account {string} reads {string} under {string} in {string}")
  public void accountReads(String name, String content, String key, String bucket) {
    assertThat(read(client(neighbour), bucket, key)).as(name).isEqualTo(content);
  }

  @When("the owner blocks access lists for the public in {string}")
  public void ignore(String bucket) {
    owner()
        .putPublicAccessBlock(
            b -> b.bucket(bucket).publicAccessBlockConfiguration(c -> c.ignorePublicAcls(true)));
  }

  @When("the S3 client lets {string} read below {string} of {string} and nobody delete")
  public void policy(String account, String prefix, String bucket) {
    String all = "arn:aws:s3:::" + bucket + "/";
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
            + "\"arn:aws:iam::"
            + account
            + ":root\"},\"Action\":\"s3:GetObject\",\"Resource\":\""
            + all
            + prefix
            + "*\"},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:DeleteObject\","
            + "\"Resource\":\""
            + all
            + "*\"}]}";
    owner().putBucketPolicy(b -> b.bucket(bucket).policy(policy));
    assertThat(owner().getBucketPolicy(b -> b.bucket(bucket)).policy()).isEqualTo(policy);
    assertThat(owner().getBucketPolicyStatus(b -> b.bucket(bucket)).policyStatus().isPublic())
        .isFalse();
  }

  @When("the S3 client takes the policy of {string} away")
  public void noPolicy(String bucket) {
    owner().deleteBucketPolicy(b -> b.bucket(bucket));
  }

  @Then("the S3 client cannot delete {string} in {string}: {int} {string}")
  public void cannotDelete(String key, String bucket, int status, String code) {
    S3Exception refusal =
        catchThrowableOfType(
            S3Exception.class, () -> owner().deleteObject(b -> b.bucket(bucket).key(key)));
    assertThat(refusal.statusCode()).isEqualTo(status);
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
  }

  @When("the S3 client lets scripts of {string} read {string}")
  public void cors(String origin, String bucket) {
    CORSRule rule =
        CORSRule.builder().allowedOrigins(origin).allowedMethods("GET").maxAgeSeconds(60).build();
    owner().putBucketCors(b -> b.bucket(bucket).corsConfiguration(c -> c.corsRules(rule)));
  }

  @Then("a browser may let a script of {string} read {string}")
  public void mayRead(String origin, String bucket) {
    assertThat(owner().getBucketCors(b -> b.bucket(bucket)).corsRules().getFirst().allowedOrigins())
        .containsExactly(origin);
    assertThat(preflight(origin, bucket).status()).isEqualTo(200);
  }

  @Then("a browser may not let a script of {string} read {string}")
  public void mayNotRead(String origin, String bucket) {
    assertThat(preflight(origin, bucket).status()).isEqualTo(403);
  }

  private Wire.Answer preflight(String origin, String bucket) {
    try (Wire wire = new Wire(world.publicUrl(), null)) {
      return wire.send(
          "OPTIONS",
          "/" + bucket + "/k",
          new byte[0],
          java.util.Map.of("Origin", origin, "Access-Control-Request-Method", "GET"));
    }
  }

  private static String read(S3Client client, String bucket, String key) {
    return client
        .getObject(b -> b.bucket(bucket).key(key), ResponseTransformer.toBytes())
        .asUtf8String();
  }

  private static void refused(ThrowingCallable call) {
    S3Exception refusal = catchThrowableOfType(S3Exception.class, call);
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.statusCode()).isEqualTo(403);
  }
}
