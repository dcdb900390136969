package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * Everything about one version but its bytes.
 *
 * @param bucket bucket
 * @param key key
 * @param version text of the version id
 * @param nullVersion whether it is the key's null version
 * @param current whether it is the current version
 * @param size bytes
 * @param etag without quotes
 * @param sha256 of the bytes; with parts, of the parts' hashes
 * @param parts 0 for a plain body, else the number of parts
 * @param lastModified time of the commit, whole milliseconds
 * @param headers content headers
 * @param userMetadata names in lower case
 * @param structured compact JSON, or null
 * @param tags tags
 * @param checksums further checksums kept
 * @param partition whose journal the cursor belongs to
 * @param cursor newest journal cursor of the state read
 * @param versioned whether the bucket has ever kept versions
 * @param outlook what protects it and what lies ahead of it
 */
public record ObjectInfo(
    BucketName bucket,
    ObjectKey key,
    String version,
    boolean nullVersion,
    boolean current,
    long size,
    String etag,
    byte[] sha256,
    int parts,
    Instant lastModified,
    ContentHeaders headers,
    SortedMap<String, String> userMetadata,
    byte[] structured,
    SortedMap<String, String> tags,
    Map<DigestAlgorithm, byte[]> checksums,
    int partition,
    long cursor,
    boolean versioned,
    Outlook outlook) {
  /** Of a bucket that keeps no versions. */
  public ObjectInfo(
      BucketName bucket,
      ObjectKey key,
      String version,
      boolean nullVersion,
      boolean current,
      long size,
      String etag,
      byte[] sha256,
      int parts,
      Instant lastModified,
      ContentHeaders headers,
      SortedMap<String, String> userMetadata,
      byte[] structured,
      SortedMap<String, String> tags,
      Map<DigestAlgorithm, byte[]> checksums,
      int partition,
      long cursor) {
    this(
        bucket,
        key,
        version,
        nullVersion,
        current,
        size,
        etag,
        sha256,
        parts,
        lastModified,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        partition,
        cursor,
        false,
        Outlook.NONE);
  }
}
