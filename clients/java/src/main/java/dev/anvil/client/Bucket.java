package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A bucket.
 *
 * @param owner client id of the application that made it
 * @param versioning as the server spells it; empty in lists, which do not tell it
 */
public record Bucket(
    String name, String owner, String region, Instant createdAt, String versioning) {
  static Bucket of(JsonNode read) {
    return new Bucket(
        read.path("name").asText(),
        read.path("owner").asText(),
        read.path("region").asText(),
        Fields.instant(read, "createdAt"),
        read.path("versioning").asText());
  }
}
