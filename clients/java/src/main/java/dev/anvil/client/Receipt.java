package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A change that is durable.
 *
 * @param version empty where the thing has none
 * @param etag without quotes; empty for a delete
 * @param sha256 hexadecimal; of what was put together {@code <hex>-<parts>}, over the parts'
 *     hashes; empty for a delete
 * @param deleteMarker whether it made a marker that hides what was there
 * @param cursor place of the change; a watch goes on after it
 * @param authzRevision revision of the relationships that the right to it rested on; 0 if none
 */
public record Receipt(
    String bucket,
    String key,
    String version,
    String etag,
    long size,
    String sha256,
    boolean deleteMarker,
    String cursor,
    Instant committedAt,
    String requestId,
    long authzRevision) {
  static Receipt of(JsonNode read) {
    return new Receipt(
        read.path("bucket").asText(),
        read.path("key").asText(),
        read.path("version").asText(),
        read.path("etag").asText(),
        read.path("size").asLong(),
        read.path("sha256").asText(read.path("partsSha256").asText()),
        read.path("deleteMarker").asBoolean(),
        read.path("cursor").asText(),
        Fields.instant(read, "committedAt"),
        read.path("requestId").asText(),
        read.path("authzRevision").asLong());
  }
}
