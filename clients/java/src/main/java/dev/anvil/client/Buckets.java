package dev.anvil.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.client.http.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tenant's buckets. */
public final class Buckets {
  private final Calls calls;

  Buckets(Calls calls) {
    this.calls = calls;
  }

  /** How a bucket keeps what was overwritten or deleted. */
  public enum Versioning {
    /** Not at all. */
    UNVERSIONED,
    /** As versions. */
    ENABLED,
    /** No longer; the versions that are there stay. */
    SUSPENDED
  }

  /** What decides who may use a bucket. */
  public enum DecidedBy {
    /** The caller's scopes. */
    SCOPES,
    /** Relationships of the tenant. */
    RELATIONSHIPS
  }

  /** Creates an unversioned bucket; one that is there with these settings is given as it is. */
  public Bucket create(String name) {
    return create(name, BucketSettings.NONE);
  }

  /** Creates a bucket; 409 {@code BucketAlreadyExists} if it is there otherwise. */
  public Bucket create(String name, Versioning versioning) {
    return create(name, BucketSettings.NONE.versioning(versioning));
  }

  /** The same with all that may be said of it. */
  public Bucket create(String name, BucketSettings settings) {
    ObjectNode body = settings.document();
    return Bucket.of(calls.json(Calls.Request.change("PUT", path(name), body, Map.of())));
  }

  /** Changes settings; what is not said stays. */
  public Bucket update(String name, BucketSettings changes) {
    var request = Calls.Request.change("PATCH", path(name), changes.document(), Map.of());
    return Bucket.of(calls.json(request).path("bucket"));
  }

  /** A bucket; 404 {@code BucketNotFound} if there is none. */
  public Bucket get(String name) {
    return Bucket.of(calls.json(Calls.Request.read("GET", path(name))));
  }

  /** All buckets by name, read page by page as they are asked for. */
  public Listing<Bucket> list() {
    return new Listing<>(token -> {
      String query = token == null ? "" : "?pageToken=" + Paths.value(token);
      JsonNode page = calls.json(Calls.Request.read("GET", "/v1/buckets" + query));
      List<Bucket> buckets = new ArrayList<>();
      page.path("buckets").forEach(b -> buckets.add(Bucket.of(b)));
      return new Listing.Page<>(buckets, page.path("nextPageToken").asText(null), "");
    });
  }

  /** Removes an empty bucket; 409 {@code BucketNotEmpty} otherwise. */
  public void delete(String name) {
    calls.json(Calls.Request.change("DELETE", path(name), null, Map.of()));
  }

  /**
   * Shuts a bucket and removes all that is in it, open uploads too; gives whether that goes on in
   * the background.
   */
  public boolean deleteWithContents(String name) {
    String at = path(name) + "?force=true&abortUploads=true";
    JsonNode done = calls.json(Calls.Request.change("DELETE", at, null, Map.of()));
    return done.path("pending").asBoolean();
  }

  private static String path(String name) {
    return "/v1/buckets/" + Paths.value(name);
  }
}
