package dev.anvil.objects;

import java.time.Instant;
import java.util.Set;

/**
 * A version as lists show it.
 *
 * @param key text of the key
 * @param id of the version
 * @param nullVersion whether it is the key's null version
 * @param current whether it is the newest state of its key
 * @param deleteMarker whether it is a delete marker
 * @param size bytes
 * @param etag without quotes; null for a marker
 * @param lastModified time of the commit, whole milliseconds
 * @param contentType or null
 * @param checksums algorithms of the checksums kept
 * @param owner tenant that owns it; 0 for the bucket's owner, less for nobody in particular
 */
public record ObjectSummary(
    String key,
    VersionId id,
    boolean nullVersion,
    boolean current,
    boolean deleteMarker,
    long size,
    String etag,
    Instant lastModified,
    String contentType,
    Set<DigestAlgorithm> checksums,
    long owner) {
  /** Text of the version id. */
  public String version() {
    return id.text();
  }

  /** The same, as the newest state of its key or not. */
  ObjectSummary current(boolean newest) {
    return newest == current
        ? this
        : new ObjectSummary(
            key,
            id,
            nullVersion,
            newest,
            deleteMarker,
            size,
            etag,
            lastModified,
            contentType,
            checksums,
            owner);
  }

  /** The bucket owner's, without checksums. */
  public ObjectSummary(
      String key,
      VersionId id,
      boolean nullVersion,
      boolean current,
      boolean deleteMarker,
      long size,
      String etag,
      Instant lastModified,
      String contentType) {
    this(
        key,
        id,
        nullVersion,
        current,
        deleteMarker,
        size,
        etag,
        lastModified,
        contentType,
        Set.of(),
        0);
  }
}
