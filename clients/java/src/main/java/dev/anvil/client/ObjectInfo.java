package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.client.http.Paths;
import dev.anvil.client.http.Reply;
import dev.anvil.client.json.Json;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of an object's version.
 *
 * @param etag without quotes
 * @param size bytes of the whole object, also when a range was asked for
 * @param lastModified to the second, or as exact as it is kept from {@code describe} and batches
 * @param headers kept with the bytes but their type, by names in lower case as {@code
 *     content-encoding}
 * @param metadata of the user, by names in lower case
 * @param structured structured metadata as JSON; empty if there is none, or more than 4 KiB that
 *     {@code describe} alone gives
 * @param cursor place of the change that made it
 */
public record ObjectInfo(
    String version,
    String etag,
    long size,
    Instant lastModified,
    String contentType,
    Map<String, String> headers,
    Map<String, String> metadata,
    Map<String, String> tags,
    String structured,
    String cursor) {
  private static final String META = "anvil-meta-";
  private static final List<String> KEPT =
      List.of(
          "content-encoding",
          "content-language",
          "content-disposition",
          "cache-control",
          "expires");

  static ObjectInfo of(Reply reply) {
    Map<String, String> metadata = new TreeMap<>();
    Map<String, String> kept = new TreeMap<>();
    reply
        .headers()
        .forEach((name, value) -> {
          if (name.startsWith(META)) {
            metadata.put(name.substring(META.length()), Fields.text(value));
          } else if (KEPT.contains(name)) {
            kept.put(name, Fields.text(value));
          }
        });
    return new ObjectInfo(
        reply.header("Anvil-Version").orElse(""),
        Fields.unquoted(reply.header("ETag").orElse("")),
        size(reply),
        reply
            .header("Last-Modified")
            .map(t -> ZonedDateTime.parse(t, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
            .orElse(null),
        Fields.text(reply.header("Content-Type").orElse("")),
        Map.copyOf(kept),
        Map.copyOf(metadata),
        tags(reply.header("Anvil-Tags").orElse("")),
        reply.header("Anvil-Metadata").orElse(""),
        reply.header("Anvil-Cursor").orElse(""));
  }

  static ObjectInfo of(JsonNode read) {
    JsonNode headers = read.path("headers");
    Map<String, String> kept = new TreeMap<>();
    for (String name : KEPT) {
      String value = headers.path(Fields.member(name)).asText("");
      if (!value.isEmpty()) {
        kept.put(name, value);
      }
    }
    return new ObjectInfo(
        read.path("version").asText(),
        read.path("etag").asText(),
        read.path("size").asLong(),
        Fields.instant(read, "lastModified"),
        headers.path("contentType").asText(),
        Map.copyOf(kept),
        Fields.map(read.path("userMetadata")),
        Fields.map(read.path("tags")),
        read.has("metadata") ? Json.text(read.get("metadata")) : "",
        read.path("cursor").asText());
  }

  private static Map<String, String> tags(String form) {
    Map<String, String> tags = new TreeMap<>();
    for (String pair : form.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        tags.put(
            Paths.decoded(pair.substring(0, equals)), Paths.decoded(pair.substring(equals + 1)));
      }
    }
    return Map.copyOf(tags);
  }

  private static long size(Reply reply) {
    return reply
        .header("Content-Range")
        .map(range -> Long.parseLong(range.substring(range.lastIndexOf('/') + 1)))
        .orElseGet(reply::length);
  }
}
