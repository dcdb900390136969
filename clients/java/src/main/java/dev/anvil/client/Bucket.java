package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * A bucket. Lists tell name, owner, region and time of creation alone.
 *
 * @param owner client id of the application that made it
 * @param versioning {@code unversioned}, {@code enabled} or {@code suspended}
 * @param access what decides: {@code scopes} or {@code relationships}
 * @param closing whether it is shut and being emptied
 * @param contents exact; null in lists
 * @param cursor place of its newest change
 */
public record Bucket(
    String name,
    String owner,
    String region,
    Instant createdAt,
    String versioning,
    String access,
    Map<String, String> tags,
    Quota quota,
    boolean closing,
    Contents contents,
    String cursor) {
  /** Bounds of what it holds; null is none. */
  public record Quota(Long objects, Long bytes) {
    /** No bound. */
    public static final Quota NONE = new Quota(null, null);
  }

  /** What it holds. */
  public record Contents(
      long objects, long versions, long deleteMarkers, long bytes, long uploads) {}

  static Bucket of(JsonNode read) {
    JsonNode quota = read.path("quota");
    JsonNode contents = read.path("contents");
    return new Bucket(
        read.path("name").asText(),
        read.path("owner").asText(),
        read.path("region").asText(),
        Fields.instant(read, "createdAt"),
        read.path("versioning").asText(),
        read.path("access").asText(),
        Fields.map(read.path("tags")),
        new Quota(bound(quota.path("objects")), bound(quota.path("bytes"))),
        read.path("state").asText().equals("closing"),
        contents.isMissingNode()
            ? null
            : new Contents(
                contents.path("objects").asLong(),
                contents.path("versions").asLong(),
                contents.path("deleteMarkers").asLong(),
                contents.path("bytes").asLong(),
                contents.path("uploads").asLong()),
        read.path("cursor").asText());
  }

  private static Long bound(JsonNode number) {
    return number.isNumber() ? number.asLong() : null;
  }
}
