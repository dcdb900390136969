package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A durable change. Texts are empty where it has none.
 *
 * @param cursor a watch goes on after it
 * @param commit the same for all changes of one commit
 * @param kind such as {@code object.put}
 * @param sha256 hexadecimal, as in a {@link Receipt}
 * @param subject what it is about where that is neither bucket nor key, such as a tuple
 * @param authzRevision revision of the relationships that the right to it rested on; 0 if none
 */
public record Change(
    String cursor,
    String commit,
    Instant committedAt,
    String kind,
    String bucket,
    String key,
    String version,
    long size,
    String etag,
    String sha256,
    String subject,
    String actor,
    String requestId,
    long authzRevision) {
  static Change of(JsonNode read) {
    return new Change(
        read.path("cursor").asText(),
        read.path("commit").asText(),
        Fields.instant(read, "committedAt"),
        read.path("kind").asText(),
        read.path("bucket").asText(),
        read.path("key").asText(),
        read.path("version").asText(),
        read.path("size").asLong(),
        read.path("etag").asText(),
        read.path("sha256").asText(),
        read.path("subject").asText(),
        read.path("actor").asText(),
        read.path("requestId").asText(),
        read.path("authzRevision").asLong());
  }
}
