package dev.anvil.features.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;

/** Buckets and objects on the native API. */
public final class ObjectSteps {
  private static final String BUCKET = "docs";
  private final World world = World.current();

  static String path(String bucket, String key) {
    return "/v1/buckets/" + bucket + "/objects/" + Keys.encode(key);
  }

  private Wire.Answer put(String bucket, String key, byte[] bytes, Map<String, String> headers) {
    return world.note(world.application().send("PUT", path(bucket, key), bytes, headers));
  }

  private Wire.Answer get(String bucket, String key) {
    return world.application().send("GET", path(bucket, key));
  }

  @Given("a bucket {string}")
  public void bucket(String name) {
    assertThat(world.application().json("PUT", "/v1/buckets/" + name, "{}").status())
        .isEqualTo(201);
  }

  @Given("a bucket {string} with versioning enabled")
  public void versioned(String name) {
    String body = "{\"versioning\":\"enabled\"}";
    assertThat(world.application().json("PUT", "/v1/buckets/" + name, body).status())
        .isEqualTo(201);
  }

  @Given("an object {string} with content {string}")
  public void object(String key, String content) {
    assertThat(put(BUCKET, key, content.getBytes(UTF_8), Map.of()).status()).isEqualTo(200);
  }

  @Given("an object {string} of {int} bytes")
  public void object(String key, int size) {
    assertThat(put(BUCKET, key, bytes(key, size), Map.of()).status()).isEqualTo(200);
  }

  private static byte[] bytes(String key, int size) {
    byte[] bytes = new byte[size];
    new Random(key.hashCode()).nextBytes(bytes);
    return bytes;
  }

  @When("the application puts {string} under {string}")
  public void put(String content, String key) {
    put(BUCKET, key, content.getBytes(UTF_8), Map.of());
  }

  @When("the application puts {string} under {string} as {string}")
  public void putAs(String content, String key, String type) {
    put(BUCKET, key, content.getBytes(UTF_8), Map.of("Content-Type", type));
  }

  @When("the application puts {string} under {string} in {string}")
  public void putIn(String content, String key, String bucket) {
    assertThat(put(bucket, key, content.getBytes(UTF_8), Map.of()).status()).isEqualTo(200);
  }

  @When("the application puts {string} under {string} if absent")
  public void putIfAbsent(String content, String key) {
    put(BUCKET, key, content.getBytes(UTF_8), Map.of("If-None-Match", "*"));
  }

  @When("the application puts {string} under {string} if its tag is {string}")
  public void putIfMatch(String content, String key, String tag) {
    put(BUCKET, key, content.getBytes(UTF_8), Map.of("If-Match", '"' + tag + '"'));
  }

  @When("the application puts {string} under {string} if its tag is the last receipt's")
  public void putIfLast(String content, String key) {
    String tag = get(BUCKET, key).header("ETag");
    put(BUCKET, key, content.getBytes(UTF_8), Map.of("If-Match", tag));
  }

  @When("the application puts {string} under {string} with idempotency key {string}")
  public void putOnce(String content, String key, String idempotencyKey) {
    put(BUCKET, key, content.getBytes(UTF_8), Map.of("Idempotency-Key", idempotencyKey));
  }

  @When("the application deletes {string} in {string}")
  public void delete(String key, String bucket) {
    world.note(world.application().send("DELETE", path(bucket, key)));
    assertThat(world.last().status()).as(world.last().text()).isEqualTo(200);
  }

  @Then("the application reads {string} under {string}")
  public void reads(String content, String key) {
    readsIn(content, key, BUCKET);
  }

  @Then("the application reads {string} under {string} in {string}")
  public void readsIn(String content, String key, String bucket) {
    Wire.Answer answer = get(bucket, key);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(content);
  }

  @Then("the object {string} has its {int} bytes")
  public void readsBytes(String key, int size) {
    assertThat(get(BUCKET, key).bytes()).isEqualTo(bytes(key, size));
  }

  @Then("the receipt names the SHA-256 and the size of {string}")
  public void receipt(String content) throws NoSuchAlgorithmException {
    byte[] bytes = content.getBytes(UTF_8);
    JsonNode receipt = world.last().json();
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(receipt.path("sha256").asText()).isEqualTo(sha256);
    assertThat(receipt.path("size").asLong()).isEqualTo(bytes.length);
    assertThat(receipt.path("cursor").asText()).isNotBlank();
    assertThat(receipt.path("version").asText()).isNotBlank();
  }

  @Then("GET and HEAD of {string} have equal headers")
  public void headers(String key) {
    Wire.Answer get = get(BUCKET, key);
    Wire.Answer head = world.application().send("HEAD", path(BUCKET, key));
    assertThat(head.bytes()).isEmpty();
    for (String name : List.of("ETag", "Content-Length", "Content-Type", "Last-Modified")) {
      assertThat(head.header(name)).as(name).isNotBlank().isEqualTo(get.header(name));
    }
  }

  @Then("bytes {int} to {int} of {string} are {string}")
  public void range(int first, int last, String key, String content) {
    Map<String, String> headers = Map.of("Range", "bytes=" + first + "-" + last);
    Wire.Answer answer = world.application().send("GET", path(BUCKET, key), null, headers);
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.text()).isEqualTo(content);
    assertThat(answer.header("Content-Range")).startsWith("bytes " + first + "-" + last + "/");
  }

  @Then("the last two receipts are equal")
  public void equalReceipts() {
    assertThat(world.last().status()).isEqualTo(world.beforeLast().status());
    assertThat(world.last().json()).isEqualTo(world.beforeLast().json());
  }

  @Then("the listing with prefix {string} is {string}")
  public void listing(String prefix, String keys) {
    String path = "/v1/buckets/docs/objects?prefix=" + Keys.encode(prefix);
    assertThat(keys(world.application().send("GET", path).json()))
        .containsExactlyElementsOf(List.of(keys.split(",")));
  }

  @Then("the listing with delimiter {string} is {string} and {string}")
  public void delimited(String delimiter, String prefix, String key) {
    String path = "/v1/buckets/docs/objects?delimiter=" + Keys.encode(delimiter);
    JsonNode page = world.application().send("GET", path).json();
    assertThat(keys(page)).containsExactly(key);
    assertThat(page.path("commonPrefixes")).hasSize(1);
    assertThat(page.path("commonPrefixes").get(0).asText()).isEqualTo(prefix);
  }

  private static List<String> keys(JsonNode page) {
    List<String> keys = new ArrayList<>();
    page.path("objects").forEach(o -> keys.add(o.path("key").asText()));
    return keys;
  }

  private List<JsonNode> versions(String key, String bucket) {
    String path = "/v1/buckets/" + bucket + "/versions?prefix=" + Keys.encode(key);
    JsonNode page = world.application().send("GET", path).json();
    return StreamSupport.stream(page.path("versions").spliterator(), false).toList();
  }

  @Then("{string} in {string} has a delete marker and {int} versions, newest first")
  public void history(String key, String bucket, int count) {
    List<JsonNode> versions = versions(key, bucket);
    assertThat(versions).hasSize(count + 1);
    assertThat(versions.getFirst().path("deleteMarker").asBoolean()).isTrue();
    List<String> ids = versions.stream().map(v -> v.path("version").asText()).toList();
    assertThat(ids).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Then("the older version of {string} in {string} reads {string}")
  public void older(String key, String bucket, String content) {
    String id = versions(key, bucket).getLast().path("version").asText();
    Wire.Answer answer = world.application().send("GET", path(bucket, key) + "?version=" + id);
    assertThat(answer.text()).isEqualTo(content);
  }

  @When("the application removes the delete marker of {string} in {string}")
  public void removeMarker(String key, String bucket) {
    String id = versions(key, bucket).getFirst().path("version").asText();
    Wire.Answer answer = world.application().send("DELETE", path(bucket, key) + "?version=" + id);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Then("reading {string} in {string} is {int} {string}")
  public void reading(String key, String bucket, int status, String code) {
    Wire.Answer answer = get(bucket, key);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("code").asText()).isEqualTo(code);
  }
}
