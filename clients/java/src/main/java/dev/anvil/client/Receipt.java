package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A change that is durable.
 *
 * @param version empty where the thing has none
 * @param etag without quotes; empty for a delete
 * @param sha256 hexadecimal; empty for a delete and for what was put together from parts
 * @param cursor place of the change; a watch goes on after it
 */
public record Receipt(
    String bucket,
    String key,
    String version,
    String etag,
    long size,
    String sha256,
    String cursor,
    Instant committedAt,
    String requestId) {
  static Receipt of(JsonNode read) {
    return new Receipt(
        read.path("bucket").asText(),
        read.path("key").asText(),
        read.path("version").asText(),
        read.path("etag").asText(),
        read.path("size").asLong(),
        read.path("sha256").asText(),
        read.path("cursor").asText(),
        Fields.instant(read, "committedAt"),
        read.path("requestId").asText());
  }
}
