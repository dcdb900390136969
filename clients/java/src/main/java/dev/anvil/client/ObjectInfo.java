package dev.anvil.client;

import dev.anvil.client.http.Reply;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of an object's version.
 *
 * @param etag without quotes
 * @param size bytes of the whole object, also when a range was asked for
 * @param lastModified to the second
 * @param metadata of the user, by names in lower case
 * @param cursor place of the change that made it
 */
public record ObjectInfo(
    String version,
    String etag,
    long size,
    Instant lastModified,
    String contentType,
    Map<String, String> metadata,
    String cursor) {
  private static final String META = "anvil-meta-";

  static ObjectInfo of(Reply reply) {
    Map<String, String> metadata = new TreeMap<>();
    reply
        .headers()
        .forEach((name, value) -> {
          if (name.startsWith(META)) {
            metadata.put(name.substring(META.length()), Fields.text(value));
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
        Map.copyOf(metadata),
        reply.header("Anvil-Cursor").orElse(""));
  }

  private static long size(Reply reply) {
    return reply
        .header("Content-Range")
        .map(range -> Long.parseLong(range.substring(range.lastIndexOf('/') + 1)))
        .orElseGet(reply::length);
  }
}
