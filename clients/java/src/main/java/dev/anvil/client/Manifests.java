package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.Content;
import dev.anvil.client.http.Paths;
import dev.anvil.client.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Small documents, at most 256 KiB, that are changed by compare-and-swap alone: who writes says
 * which revision is replaced, and gets 412 {@code PreconditionFailed} if another came first.
 */
public final class Manifests {
  private static final int MOST_BYTES = 256 << 10;
  private static final int NOT_MODIFIED = 304;

  private final Calls calls;
  private final String path;

  Manifests(Calls calls, String bucket) {
    this.calls = calls;
    this.path = "/v1/buckets/" + Paths.value(bucket) + "/manifests";
  }

  /** A document at a revision, which counts from 1. */
  public record Document(long revision, String contentType, byte[] content) {}

  /**
   * A manifest of a list.
   *
   * @param sha256 hexadecimal
   * @param changedBy who wrote this revision
   */
  public record Entry(
      String key,
      long revision,
      int size,
      String sha256,
      String contentType,
      Instant changedAt,
      String changedBy) {
    static Entry of(JsonNode read) {
      return new Entry(
          read.path("key").asText(),
          read.path("revision").asLong(),
          read.path("size").asInt(),
          read.path("sha256").asText(),
          read.path("contentType").asText(),
          Fields.instant(read, "changedAt"),
          read.path("changedBy").asText());
    }
  }

  /** The new revision of a write, and its receipt. */
  public record Written(long revision, Receipt receipt) {}

  /** Writes one that is not there. */
  public Written create(String key, byte[] content, String contentType) {
    return put(key, content, contentType, "If-None-Match", "*");
  }

  /** Writes over this revision of one. */
  public Written replace(String key, long revision, byte[] content, String contentType) {
    return put(key, content, contentType, "If-Match", quoted(revision));
  }

  private Written put(
      String key, byte[] content, String contentType, String condition, String value) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put(condition, value);
    headers.put("Idempotency-Key", Calls.newKey());
    JsonNode done =
        calls.json(new Calls.Request("PUT", one(key), headers, Content.of(content), true));
    return new Written(done.path("revision").asLong(), Receipt.of(done.path("receipt")));
  }

  /** Reads one; 404 {@code ManifestNotFound} if there is none. */
  public Document get(String key) {
    return read(key, Map.of());
  }

  /** Reads one unless it still has this revision: then an exception of status 304. */
  public Document getIfChanged(String key, long known) {
    return read(key, Map.of("If-None-Match", quoted(known)));
  }

  private Document read(String key, Map<String, String> headers) {
    return calls.run(
        new Calls.Request("GET", one(key), headers, Content.NONE, true), Manifests::document);
  }

  private static Document document(Reply reply) throws IOException {
    if (reply.status() == NOT_MODIFIED) {
      throw BucketObjects.notModified(reply, "the manifest has the revision that is known");
    }
    try (InputStream in = reply.body()) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new IOException("the manifest is longer than " + MOST_BYTES + " bytes");
      }
      return new Document(
          Long.parseLong(Fields.unquoted(reply.header("ETag").orElse(""))),
          reply.header("Content-Type").orElse(""),
          content);
    }
  }

  /** All below a prefix, by key. */
  public Listing<Entry> list(String prefix) {
    String fixed = path + "?prefix=" + Paths.value(prefix);
    return new Listing<>(token -> {
      String at = token == null ? fixed : fixed + "&after=" + Paths.value(token);
      JsonNode page = calls.json(Calls.Request.read("GET", at));
      List<Entry> entries = new ArrayList<>();
      page.path("manifests").forEach(m -> entries.add(Entry.of(m)));
      return new Listing.Page<>(entries, page.path("nextAfter").asText(null), "");
    });
  }

  /** Removes one at whatever revision. */
  public Receipt delete(String key) {
    return delete(key, Map.of());
  }

  /** Removes one at this revision. */
  public Receipt delete(String key, long revision) {
    return delete(key, Map.of("If-Match", quoted(revision)));
  }

  private Receipt delete(String key, Map<String, String> headers) {
    return Receipt.of(calls.json(Calls.Request.change("DELETE", one(key), null, headers)));
  }

  private static String quoted(long revision) {
    return Fields.quoted(Long.toString(revision));
  }

  private String one(String key) {
    return path + "/" + Paths.key(key);
  }
}
