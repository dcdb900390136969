package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Paths;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Streams of records that grow at their end. Records are numbered from 1 without gaps; a sealed
 * stream stays as it is for good.
 */
public final class AppendStreams {
  /** Longest wait of one request at the tail, in seconds. */
  static final int MOST_WAIT = 30;

  private final Calls calls;
  private final String path;

  AppendStreams(Calls calls, String bucket) {
    this.calls = calls;
    this.path = "/v1/buckets/" + Paths.value(bucket) + "/streams";
  }

  /**
   * What is known of a stream.
   *
   * @param records the number of its last record, and how many there are
   * @param link hexadecimal hash that commits to all records until now
   * @param sealHash hexadecimal; empty while it is open
   */
  public record Info(
      String key,
      Instant createdAt,
      Instant changedAt,
      String contentType,
      Map<String, String> metadata,
      long records,
      long bytes,
      String link,
      boolean sealed,
      String sealHash) {
    static Info of(JsonNode read) {
      return new Info(
          read.path("key").asText(),
          Fields.instant(read, "createdAt"),
          Fields.instant(read, "changedAt"),
          read.path("contentType").asText(),
          Fields.map(read.path("metadata")),
          read.path("records").asLong(),
          read.path("bytes").asLong(),
          read.path("link").asText(),
          read.path("sealed").asBoolean(),
          read.path("sealHash").asText());
    }
  }

  /**
   * A record.
   *
   * @param sha256 hexadecimal, of its bytes
   */
  public record Entry(long sequence, byte[] data, String sha256, Instant appendedAt) {
    static Entry of(JsonNode read) {
      try {
        return new Entry(
            read.path("sequence").asLong(),
            read.path("data").binaryValue(),
            read.path("sha256").asText(),
            Fields.instant(read, "appendedAt"));
      } catch (IOException e) {
        throw AnvilException.strange("a record is no base64", e);
      }
    }
  }

  /** Numbers of the first and the last record that were appended. */
  public record Appended(long first, long last, String link, Receipt receipt) {}

  /** What was sealed. */
  public record Sealed(long records, long bytes, String sealHash, Receipt receipt) {}

  /** Records, the stream as it was then, and the number to go on with. */
  public record Page(Info stream, List<Entry> records, long next) {}

  /** Creates an empty one; 409 if it is there. */
  public Receipt create(String key, String contentType, Map<String, String> metadata) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("contentType", contentType);
    body.set("metadata", Fields.object(metadata));
    return Receipt.of(calls.json(Calls.Request.change("POST", one(key), body, Map.of())));
  }

  /** Appends up to 1,000 records of 1 MiB together, all or none. */
  public Appended append(String key, List<byte[]> records) {
    return append(key, records, 0);
  }

  /**
   * The same for one writer of several.
   *
   * @param expectedNext number that the first record must get, or 409; 0 for any
   */
  public Appended append(String key, List<byte[]> records, long expectedNext) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode documents = body.putArray("records");
    records.forEach(r -> documents.addObject().put("data", r));
    if (expectedNext > 0) {
      body.put("expectedNext", expectedNext);
    }
    JsonNode done = calls.json(Calls.Request.change("POST", one(key) + ":append", body, Map.of()));
    return new Appended(
        done.path("first").asLong(),
        done.path("last").asLong(),
        done.path("link").asText(),
        Receipt.of(done.path("receipt")));
  }

  /** What is known of one; 404 {@code StreamNotFound} if there is none. */
  public Info get(String key) {
    JsonNode page = calls.json(Calls.Request.read("GET", one(key) + "?limit=0"));
    return Info.of(page.path("stream"));
  }

  /**
   * One page of records.
   *
   * @param from number of the first, from 1
   * @param limit at most so many, 1 to 1,000
   * @param waitSeconds how long to wait if there is none yet, 0 to 30
   */
  public Page read(String key, long from, int limit, int waitSeconds) {
    String at = one(key) + "?from=" + from + "&limit=" + limit + "&wait=" + waitSeconds;
    JsonNode page = calls.json(Calls.Request.read("GET", at));
    List<Entry> records = new ArrayList<>();
    page.path("records").forEach(r -> records.add(Entry.of(r)));
    return new Page(Info.of(page.path("stream")), List.copyOf(records), page.path("next").asLong());
  }

  /** Records from a number on, and then each as it is appended, until the stream is sealed. */
  public Tail tail(String key, long from) {
    return new Tail(this, key, from);
  }

  /** Ends one for good with a hash over all of it. */
  public Sealed seal(String key) {
    return seal(key, -1);
  }

  /** The same if it has so many records, or 409. */
  public Sealed seal(String key, long expectedRecords) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (expectedRecords >= 0) {
      body.put("expectedRecords", expectedRecords);
    }
    JsonNode done = calls.json(Calls.Request.change("POST", one(key) + ":seal", body, Map.of()));
    return new Sealed(
        done.path("records").asLong(),
        done.path("bytes").asLong(),
        done.path("sealHash").asText(),
        Receipt.of(done.path("receipt")));
  }

  /** All below a prefix, by key. */
  public Listing<Info> list(String prefix) {
    String fixed = path + "?prefix=" + Paths.value(prefix);
    return new Listing<>(token -> {
      String at = token == null ? fixed : fixed + "&after=" + Paths.value(token);
      JsonNode page = calls.json(Calls.Request.read("GET", at));
      List<Info> streams = new ArrayList<>();
      page.path("streams").forEach(s -> streams.add(Info.of(s)));
      return new Listing.Page<>(streams, page.path("nextAfter").asText(null), "");
    });
  }

  /** Removes one and all its records. */
  public Receipt delete(String key) {
    return Receipt.of(calls.json(Calls.Request.change("DELETE", one(key), null, Map.of())));
  }

  /** A colon begins a verb, so that one of a name is encoded as all else is. */
  private String one(String key) {
    return path + "/" + Paths.key(key);
  }
}
