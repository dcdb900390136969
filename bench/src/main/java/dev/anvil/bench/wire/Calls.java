package dev.anvil.bench.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/**
 * Requests of the native API. Keys are taken as they are: the programs here use only characters
 * that need no encoding.
 */
public final class Calls {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String BUCKETS = "/v1/buckets/";

  private Calls() {}

  /** A number and an entity tag of an uploaded part. */
  public record Part(int number, String etag) {}

  /** The JSON of an answer. */
  public static JsonNode json(Answer answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  /** Creates a bucket; versioning is unversioned, enabled or suspended. */
  public static Request createBucket(String bucket, String versioning) {
    ObjectNode settings = JsonNodeFactory.instance.objectNode().put("versioning", versioning);
    return document("PUT", BUCKETS + bucket, settings);
  }

  /** Settings and contents of a bucket. */
  public static Request bucket(String bucket) {
    return Request.of("GET", BUCKETS + bucket);
  }

  /** Target of an object. */
  public static String object(String bucket, String key) {
    return BUCKETS + bucket + "/objects/" + key;
  }

  /** Stores an object. */
  public static Request put(String bucket, String key, byte[] content) {
    return Request.of("PUT", object(bucket, key)).with(content);
  }

  /** Reads an object. */
  public static Request get(String bucket, String key) {
    return Request.of("GET", object(bucket, key));
  }

  /** Reads one version. */
  public static Request get(String bucket, String key, String version) {
    return Request.of("GET", object(bucket, key) + "?version=" + version);
  }

  /** Deletes an object. */
  public static Request delete(String bucket, String key) {
    return Request.of("DELETE", object(bucket, key));
  }

  /** A page of objects; the token is null for the first. */
  public static Request list(String bucket, String prefix, int limit, String pageToken) {
    return Request.of("GET", page(BUCKETS + bucket + "/objects", prefix, limit, pageToken));
  }

  /** A page of versions. */
  public static Request versions(String bucket, String prefix, int limit, String pageToken) {
    return Request.of("GET", page(BUCKETS + bucket + "/versions", prefix, limit, pageToken));
  }

  private static String page(String path, String prefix, int limit, String pageToken) {
    String query = path + "?prefix=" + prefix + "&limit=" + limit;
    return pageToken == null ? query : query + "&pageToken=" + pageToken;
  }

  /** Opens an upload. */
  public static Request createUpload(String bucket, String key) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("key", key);
    return document("POST", BUCKETS + bucket + "/uploads", body);
  }

  /** Stores a part. */
  public static Request putPart(String bucket, String upload, int number, byte[] content) {
    String target = BUCKETS + bucket + "/uploads/" + upload + "/parts/" + number;
    return Request.of("PUT", target).with(content);
  }

  /** Completes an upload. */
  public static Request completeUpload(String bucket, String upload, List<Part> parts) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("parts");
    parts.forEach(p -> list.addObject().put("number", p.number).put("etag", p.etag));
    return document("POST", BUCKETS + bucket + "/uploads/" + upload + ":complete", body);
  }

  /** Creates a stream. */
  public static Request createStream(String bucket, String stream) {
    return document(
        "POST", BUCKETS + bucket + "/streams/" + stream, JsonNodeFactory.instance.objectNode());
  }

  /** Appends records to a stream. */
  public static Request append(String bucket, String stream, List<byte[]> records) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    var list = body.putArray("records");
    records.forEach(r -> list.addObject().put("data", Base64.getEncoder().encodeToString(r)));
    return document("POST", BUCKETS + bucket + "/streams/" + stream + ":append", body);
  }

  /** Reads records of a stream. */
  public static Request readStream(String bucket, String stream, long from, int limit) {
    String target = BUCKETS + bucket + "/streams/" + stream + "?from=" + from + "&limit=" + limit;
    return Request.of("GET", target);
  }

  /** Target of a manifest. */
  public static Request getManifest(String bucket, String name) {
    return Request.of("GET", BUCKETS + bucket + "/manifests/" + name);
  }

  /** Writes a manifest if it has that revision; null creates it. */
  public static Request putManifest(String bucket, String name, String revision, byte[] content) {
    Request put = Request.of("PUT", BUCKETS + bucket + "/manifests/" + name).with(content);
    return revision == null
        ? put.header("If-None-Match", "*")
        : put.header("If-Match", quoted(revision));
  }

  /** An entity tag as a header has it. */
  public static String quoted(String etag) {
    return '"' + etag + '"';
  }

  /** An entity tag without its quotes; null stays null. */
  public static String unquoted(String etag) {
    return etag == null ? null : etag.replace("\"", "");
  }

  private static Request document(String method, String target, ObjectNode body) {
    return Request.of(method, target)
        .header("Content-Type", "application/json")
        .with(body.toString());
  }
}
