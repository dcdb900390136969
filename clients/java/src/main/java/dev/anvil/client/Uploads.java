package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects that arrive in parts, by any number of threads and processes, and appear at once when
 * they are completed. {@code dev.anvil.client.transfer} does all of it for a file.
 */
public final class Uploads {
  private final Calls calls;
  private final String path;

  Uploads(Calls calls, String bucket) {
    this.calls = calls;
    this.path = "/v1/buckets/" + Paths.value(bucket) + "/uploads";
  }

  /**
   * An upload that is open.
   *
   * @param createdAt null as {@link Uploads#create} answers it
   * @param expiresAt when it ends by itself
   * @param initiator who opened it; empty as {@link Uploads#create} answers it
   */
  public record Upload(
      String id, String key, Instant createdAt, Instant expiresAt, String initiator) {
    static Upload of(String key, JsonNode read) {
      return new Upload(
          read.path("uploadId").asText(),
          key,
          Fields.instant(read, "createdAt"),
          Fields.instant(read, "expiresAt"),
          read.path("initiator").asText());
    }
  }

  /**
   * A part that the server has.
   *
   * @param number from 1 to 10,000; parts are joined in its order
   * @param sha256 hexadecimal; empty as {@link Uploads#put} was answered without one
   */
  public record Part(int number, String etag, long size, String sha256) {}

  /** Opens an upload of a key; conditions belong to {@link #complete}. */
  public Upload create(String key, WriteOptions carries) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("key", key);
    ObjectNode description = carries.description();
    if (description != null) {
      body.set("description", description);
    }
    return Upload.of(key, calls.json(Calls.Request.change("POST", path, body, Map.of())));
  }

  /** Stores a part; of several under one number the last to finish stays. */
  public Part put(String id, int number, Content content) {
    return put(id, number, content, WriteOptions.NONE);
  }

  /** The same with a hash that the server compares: {@link WriteOptions#sha256}. */
  public Part put(String id, int number, Content content, WriteOptions options) {
    Map<String, String> headers = new LinkedHashMap<>(options.demands());
    headers.putIfAbsent("Idempotency-Key", Calls.newKey());
    String at = one(id) + "/parts/" + number;
    JsonNode read = calls.json(new Calls.Request("PUT", at, headers, content, true));
    return new Part(
        number,
        read.path("etag").asText(),
        read.path("size").asLong(),
        read.path("sha256").asText());
  }

  /** Parts that are there, by their numbers; 404 {@code UploadNotFound} if it is not open. */
  public Listing<Part> parts(String id) {
    return new Listing<>(token -> {
      String after = token == null ? "" : "?after=" + token;
      JsonNode page = calls.json(Calls.Request.read("GET", one(id) + after));
      List<Part> parts = new ArrayList<>();
      for (JsonNode p : page.path("parts")) {
        parts.add(
            new Part(
                p.path("number").asInt(),
                p.path("etag").asText(),
                p.path("size").asLong(),
                p.path("sha256").asText()));
      }
      return new Listing.Page<>(parts, page.path("nextAfter").asText(null), "");
    });
  }

  /** Open uploads of keys below a prefix, by key and then by age. */
  public Listing<Upload> list(String prefix) {
    String fixed = path + "?prefix=" + Paths.value(prefix);
    return new Listing<>(token -> {
      JsonNode page = calls.json(Calls.Request.read("GET", token == null ? fixed : fixed + token));
      List<Upload> uploads = new ArrayList<>();
      page.path("uploads").forEach(u -> uploads.add(Upload.of(u.path("key").asText(), u)));
      String next = page.path("nextAfter").asText(null);
      String upload = page.path("nextAfterUpload").asText("");
      return new Listing.Page<>(
          uploads,
          next == null
              ? null
              : "&after=" + Paths.value(next) + "&afterUpload=" + Paths.value(upload),
          "");
    });
  }

  /**
   * Makes these parts one version, in one commit.
   *
   * @param expectedSize bytes of all of them, which the server compares; negative for unknown
   * @param conditions of the key that is written
   */
  public Receipt complete(String id, List<Part> parts, long expectedSize, WriteOptions conditions) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode claims = body.putArray("parts");
    parts.forEach(p -> claims.addObject().put("number", p.number()).put("etag", p.etag()));
    if (expectedSize >= 0) {
      body.put("expectedSize", expectedSize);
    }
    String at = one(id) + ":complete";
    return Receipt.of(calls.json(Calls.Request.change("POST", at, body, conditions.demands())));
  }

  /** Ends it; its parts are dropped. */
  public void abort(String id) {
    calls.json(Calls.Request.change("DELETE", one(id), null, Map.of()));
  }

  private String one(String id) {
    return path + "/" + Paths.value(id);
  }
}
