package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
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
        reply -> new Download(ObjectInfo.of(modified(reply)), reply.body()));
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
      String id = reply.header("Anvil-Request-Id").orElse("");
      reply.close();
      Problem problem = new Problem(NOT_MODIFIED, "NotModified", "", id, false, 0);
      throw new AnvilException(problem, false, "the object has the entity tag that is known", null);
    }
    return reply;
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
    String level = delimiter.isEmpty() ? "" : "&delimiter=" + Paths.value(delimiter);
    String fixed =
        "/v1/buckets/" + Paths.value(bucket) + "/objects?prefix=" + Paths.value(prefix) + level;
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
    var request = Calls.Request.change("DELETE", path, null, conditions.headers());
    JsonNode answer = calls.json(request);
    return answer.isMissingNode() ? Optional.empty() : Optional.of(Receipt.of(answer));
  }

  /** Writes a key from the current version of another, which may lie in another bucket. */
  public Receipt copy(String fromBucket, String fromKey, String key, WriteOptions conditions) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("source").put("bucket", fromBucket).put("key", fromKey);
    var request = Calls.Request.change("POST", path(key) + ":copy", body, conditions.headers());
    return Receipt.of(calls.json(request).path("receipt"));
  }

  private String path(String key) {
    return "/v1/buckets/" + Paths.value(bucket) + "/objects/" + Paths.key(key);
  }
}
