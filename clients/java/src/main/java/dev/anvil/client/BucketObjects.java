package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import dev.anvil.client.http.Problem;
import dev.anvil.client.http.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects of one bucket. */
public final class BucketObjects {
  private static final int NOT_MODIFIED = 304;

  private final Calls calls;
  private final String bucket;

  BucketObjects(Calls calls, String bucket) {
    this.calls = calls;
    this.bucket = bucket;
  }

  /** Writes bytes, a text, a file or a stream. */
  public Receipt put(String key, Content content) {
    return put(key, content, WriteOptions.NONE);
  }

  /**
   * The same with what it carries and demands. It is sent as it is read. A lost answer is asked for
   * again under the same idempotency key, unless the content is a stream that is read once.
   */
  public Receipt put(String key, Content content, WriteOptions options) {
    Map<String, String> headers = new LinkedHashMap<>(options.headers());
    headers.putIfAbsent("Idempotency-Key", Calls.newKey());
    var request = new Calls.Request("PUT", path(key), headers, content, true);
    return Receipt.of(calls.json(request));
  }

  /** Opens the current version; 404 {@code ObjectNotFound} if there is none. */
  public Download get(String key) {
    return get(key, ReadOptions.NONE);
  }

  /** Opens a version or a range of it, under conditions. */
  public Download get(String key, ReadOptions options) {
    return calls.run(
        read("GET", key, options),
        reply -> ResumedBody.download(calls, path(key), modified(reply)));
  }

  /** What is known of the current version; an exception of status 404 if there is none. */
  public ObjectInfo head(String key) {
    return head(key, ReadOptions.NONE);
  }

  /** What is known of a version, under conditions. */
  public ObjectInfo head(String key, ReadOptions options) {
    return calls.run(read("HEAD", key, options), reply -> ObjectInfo.of(modified(reply)));
  }

  private Calls.Request read(String method, String key, ReadOptions options) {
    String path = path(key) + options.query();
    return new Calls.Request(method, path, options.headers(), Content.NONE, true);
  }

  private static Reply modified(Reply reply) throws IOException {
    if (reply.status() == NOT_MODIFIED) {
      throw notModified(reply, "the object has the entity tag that is known");
    }
    return reply;
  }

  static AnvilException notModified(Reply reply, String message) throws IOException {
    String id = reply.header("Anvil-Request-Id").orElse("");
    reply.close();
    Problem problem = new Problem(NOT_MODIFIED, "NotModified", "", id, false, 0);
    return AnvilException.of(problem, false, message, null);
  }

  /** All that is known of the current version, structured metadata of any size too. */
  public ObjectInfo describe(String key) {
    return ObjectInfo.of(calls.json(Calls.Request.read("GET", path(key) + "?metadata=true")));
  }

  /** The same of one version. */
  public ObjectInfo describe(String key, String version) {
    String at = path(key) + "?metadata=true&version=" + Paths.value(version);
    return ObjectInfo.of(calls.json(Calls.Request.read("GET", at)));
  }

  /** All objects below a prefix, in byte order of their keys. */
  public Listing<ObjectSummary> list(String prefix) {
    return list(prefix, "");
  }

  /**
   * The same one level deep: what shares the text up to the delimiter is one folder. Each page has
   * its folders first.
   *
   * @param delimiter usually a slash; empty for none
   */
  public Listing<ObjectSummary> list(String prefix, String delimiter) {
    return list(prefix, delimiter, "");
  }

  /**
   * The same from the middle.
   *
   * @param after only keys behind this one; empty for all
   */
  public Listing<ObjectSummary> list(String prefix, String delimiter, String after) {
    String level = delimiter.isEmpty() ? "" : "&delimiter=" + Paths.value(delimiter);
    String behind = after.isEmpty() ? "" : "&after=" + Paths.value(after);
    String fixed =
        "/v1/buckets/"
            + Paths.value(bucket)
            + "/objects?prefix="
            + Paths.value(prefix)
            + level
            + behind;
    return new Listing<>(token -> {
      String path = token == null ? fixed : fixed + "&pageToken=" + Paths.value(token);
      JsonNode page = calls.json(Calls.Request.read("GET", path));
      List<ObjectSummary> entries = new ArrayList<>();
      page.path("commonPrefixes").forEach(p -> entries.add(ObjectSummary.folder(p.asText())));
      page.path("objects").forEach(o -> entries.add(ObjectSummary.of(o)));
      return new Listing.Page<>(
          entries, page.path("nextPageToken").asText(null), page.path("cursor").asText());
    });
  }

  /** All versions and delete markers below a prefix, newest first within a key. */
  public Listing<ObjectVersion> versions(String prefix) {
    return versions(prefix, "");
  }

  /** The same one level deep, as {@link #list(String, String)}. */
  public Listing<ObjectVersion> versions(String prefix, String delimiter) {
    String level = delimiter.isEmpty() ? "" : "&delimiter=" + Paths.value(delimiter);
    String fixed =
        "/v1/buckets/" + Paths.value(bucket) + "/versions?prefix=" + Paths.value(prefix) + level;
    return new Listing<>(token -> {
      String path = token == null ? fixed : fixed + "&pageToken=" + Paths.value(token);
      JsonNode page = calls.json(Calls.Request.read("GET", path));
      List<ObjectVersion> entries = new ArrayList<>();
      page.path("commonPrefixes").forEach(p -> entries.add(ObjectVersion.folder(p.asText())));
      page.path("versions").forEach(v -> entries.add(ObjectVersion.of(v)));
      return new Listing.Page<>(
          entries, page.path("nextPageToken").asText(null), page.path("cursor").asText());
    });
  }

  /** Deletes as the bucket's versioning says; empty if nothing was there. */
  public Optional<Receipt> delete(String key) {
    return deleted(path(key), WriteOptions.NONE);
  }

  /** The same under conditions. */
  public Optional<Receipt> delete(String key, WriteOptions conditions) {
    return deleted(path(key), conditions);
  }

  /** Removes one version for good; empty if it was not there. */
  public Optional<Receipt> deleteVersion(String key, String version) {
    return deleted(path(key) + "?version=" + Paths.value(version), WriteOptions.NONE);
  }

  private Optional<Receipt> deleted(String path, WriteOptions conditions) {
    var request = Calls.Request.change("DELETE", path, null, conditions.demands());
    JsonNode answer = calls.json(request);
    return answer.isMissingNode() ? Optional.empty() : Optional.of(Receipt.of(answer));
  }

  /** Writes a key from the current version of another, which may lie in another bucket. */
  public Receipt copy(String fromBucket, String fromKey, String key, WriteOptions conditions) {
    return copy(CopySource.of(fromBucket, fromKey), key, conditions);
  }

  /**
   * Writes a key from a version, by reference where possible. What the options carry replaces all
   * that the source carries; without any the copy has the source's.
   */
  public Receipt copy(CopySource source, String key, WriteOptions options) {
    ObjectNode body = described(options);
    body.set("source", source.document());
    return Receipt.of(changed(key, ":copy", body, options).path("receipt"));
  }

  /** Writes a key from the bytes of several of this bucket, in this order, by reference. */
  public Receipt compose(List<CopySource> sources, String key, WriteOptions options) {
    ObjectNode body = described(options);
    ArrayNode documents = body.putArray("sources");
    sources.forEach(s -> documents.add(s.document()));
    return Receipt.of(changed(key, ":compose", body, options));
  }

  /** Gives the current version of a key of this bucket another key, in one commit. */
  public Receipt rename(CopySource source, String key, WriteOptions conditions) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("source", source.document());
    return Receipt.of(changed(key, ":rename", body, conditions));
  }

  private static ObjectNode described(WriteOptions options) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode description = options.description();
    if (description != null) {
      body.set("description", description);
    }
    return body;
  }

  private JsonNode changed(String key, String verb, ObjectNode body, WriteOptions conditions) {
    return calls.json(Calls.Request.change("POST", path(key) + verb, body, conditions.demands()));
  }

  /** Merges a JSON object into the object, which is JSON of at most 16 MiB (RFC 7396). */
  public Receipt patch(String key, String mergePatch, WriteOptions conditions) {
    JsonNode body = Fields.object("the patch", mergePatch);
    var request = Calls.Request.change("PATCH", path(key), body, conditions.demands());
    return Receipt.of(calls.json(request));
  }

  /** Changes what is kept beside the bytes, which are not written anew. */
  public Receipt patchMetadata(String key, MetadataPatch patch, WriteOptions conditions) {
    String at = path(key) + "?metadata=true";
    var request = Calls.Request.change("PATCH", at, patch.document(), conditions.demands());
    return Receipt.of(calls.json(request));
  }

  /** Many small operations in one request. */
  public Batches batches() {
    return new Batches(calls, "/v1/buckets/" + Paths.value(bucket) + "/batch");
  }

  private String path(String key) {
    return "/v1/buckets/" + Paths.value(bucket) + "/objects/" + Paths.key(key);
  }
}
