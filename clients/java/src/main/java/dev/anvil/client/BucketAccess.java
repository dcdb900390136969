package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import java.util.Locale;
import java.util.Map;

/** Who else may use a bucket. */
public final class BucketAccess {
  private final Calls calls;
  private final String path;

  BucketAccess(Calls calls, String bucket) {
    this.calls = calls;
    this.path = "/v1/buckets/" + Paths.value(bucket);
  }

  /**
   * A policy.
   *
   * @param json as S3 has them
   * @param open whether it lets in whoever comes
   */
  public record Policy(String json, boolean open) {}

  /** What everybody may do. */
  public record PublicAccess(boolean read, boolean write) {}

  /**
   * Switches against what opens a bucket to the public.
   *
   * @param blockAcls lists that name the public are refused
   * @param ignoreAcls such lists count for nothing
   * @param blockPolicy policies that are public are refused
   * @param restrictBuckets public policies open nothing to others
   */
  public record Block(
      boolean blockAcls, boolean ignoreAcls, boolean blockPolicy, boolean restrictBuckets) {
    /** All of them. */
    public static final Block ALL = new Block(true, true, true, true);
  }

  /** The policy; 404 if there is none. */
  public Policy policy() {
    JsonNode read = read("/policy");
    return new Policy(Json.text(read.path("policy")), read.path("open").asBoolean());
  }

  /** Sets the policy; what the server does not understand in it is refused by its name. */
  public Receipt setPolicy(String json) {
    return change("PUT", "/policy", Fields.object("the policy", json));
  }

  /** Takes the policy away. */
  public Receipt deletePolicy() {
    return change("DELETE", "/policy", null);
  }

  /** What everybody may do. */
  public PublicAccess publicAccess() {
    JsonNode read = read("/public-access");
    return new PublicAccess(read.path("read").asBoolean(), read.path("write").asBoolean());
  }

  /** Lets everybody read and list, or write and delete, or neither. */
  public Receipt setPublicAccess(PublicAccess access) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    return change(
        "PUT", "/public-access", body.put("read", access.read()).put("write", access.write()));
  }

  /** Lets nobody in who is not named. */
  public Receipt deletePublicAccess() {
    return change("DELETE", "/public-access", null);
  }

  /** The switches; 404 if none were ever set. */
  public Block block() {
    JsonNode read = read("/public-access-block");
    return new Block(
        read.path("blockPublicAcls").asBoolean(),
        read.path("ignorePublicAcls").asBoolean(),
        read.path("blockPublicPolicy").asBoolean(),
        read.path("restrictPublicBuckets").asBoolean());
  }

  /** Sets the switches. */
  public Receipt setBlock(Block block) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("blockPublicAcls", block.blockAcls())
            .put("ignorePublicAcls", block.ignoreAcls())
            .put("blockPublicPolicy", block.blockPolicy())
            .put("restrictPublicBuckets", block.restrictBuckets());
    return change("PUT", "/public-access-block", body);
  }

  /** Takes the switches away. */
  public Receipt deleteBlock() {
    return change("DELETE", "/public-access-block", null);
  }

  /** Puts the bucket under relationships, or back under scopes alone. */
  public void setDecidedBy(Buckets.DecidedBy what) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("access", what.name().toLowerCase(Locale.ROOT));
    calls.json(Calls.Request.change("PUT", path + "/access", body, Map.of()));
  }

  private JsonNode read(String what) {
    return calls.json(Calls.Request.read("GET", path + what));
  }

  private Receipt change(String method, String what, JsonNode body) {
    JsonNode done = calls.json(Calls.Request.change(method, path + what, body, Map.of()));
    return Receipt.of(done.path("receipt"));
  }
}
