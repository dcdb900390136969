package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A version of a list of versions, or a folder of it.
 *
 * @param key or, of a folder, what its keys begin with up to the delimiter
 * @param folder whether it stands for all keys below; all else is then empty
 * @param nullVersion whether it is the one that unversioned writes replace
 * @param current whether a read without a version gives it
 * @param deleteMarker whether it says that the key was deleted; it has no bytes then
 * @param etag without quotes
 */
public record ObjectVersion(
    String key,
    boolean folder,
    String version,
    boolean nullVersion,
    boolean current,
    boolean deleteMarker,
    long size,
    String etag,
    Instant lastModified) {
  static ObjectVersion of(JsonNode read) {
    return new ObjectVersion(
        read.path("key").asText(),
        false,
        read.path("version").asText(),
        read.path("nullVersion").asBoolean(),
        read.path("current").asBoolean(),
        read.path("deleteMarker").asBoolean(),
        read.path("size").asLong(),
        read.path("etag").asText(),
        Fields.instant(read, "lastModified"));
  }

  static ObjectVersion folder(String prefix) {
    return new ObjectVersion(prefix, true, "", false, false, false, 0, "", null);
  }
}
