package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An entry of a list.
 *
 * @param key or, of a folder, what its keys begin with up to the delimiter
 * @param folder whether it stands for all keys below; all else is then empty
 * @param etag without quotes
 */
public record ObjectSummary(
    String key, boolean folder, String version, long size, String etag, Instant lastModified) {
  static ObjectSummary of(JsonNode read) {
    return new ObjectSummary(
        read.path("key").asText(),
        false,
        read.path("version").asText(),
        read.path("size").asLong(),
        read.path("etag").asText(),
        Fields.instant(read, "lastModified"));
  }

  static ObjectSummary folder(String prefix) {
    return new ObjectSummary(prefix, true, "", 0, "", null);
  }
}
