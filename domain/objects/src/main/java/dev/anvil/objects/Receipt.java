package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.objects.rules.Protection;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * Proof of one durable mutation; a repeated idempotency key answers with the first one.
 *
 * @param bucket bucket
 * @param key text of the key, or of a manifest's or stream's name
 * @param version text of the version id; null where the thing has none
 * @param nullVersion whether the version is the key's null version
 * @param deleteMarker whether the version is a delete marker
 * @param etag without quotes; null where there is no body
 * @param size bytes
 * @param sha256 of the bytes; with parts, of the parts' hashes; null where there is no body
 * @param parts 0 for a plain body, else the number of parts
 * @param partition whose journal the cursor belongs to
 * @param cursor place in that journal
 * @param authzRevision authorisation revision the decision rested on
 * @param requestId request that did it
 * @param committedAt time of the commit
 * @param versioned whether the bucket has ever kept versions
 * @param checksums checksums kept with the version; not remembered for repeated idempotency keys
 * @param protection of the version; not remembered either
 */
public record Receipt(
    BucketName bucket,
    String key,
    String version,
    boolean nullVersion,
    boolean deleteMarker,
    String etag,
    long size,
    byte[] sha256,
    int parts,
    int partition,
    long cursor,
    long authzRevision,
    String requestId,
    Instant committedAt,
    boolean versioned,
    Map<DigestAlgorithm, byte[]> checksums,
    Protection protection) {
  /** Unprotected, as far as is known. */
  public Receipt(
      BucketName bucket,
      String key,
      String version,
      boolean nullVersion,
      boolean deleteMarker,
      String etag,
      long size,
      byte[] sha256,
      int parts,
      int partition,
      long cursor,
      long authzRevision,
      String requestId,
      Instant committedAt,
      boolean versioned,
      Map<DigestAlgorithm, byte[]> checksums) {
    this(
        bucket,
        key,
        version,
        nullVersion,
        deleteMarker,
        etag,
        size,
        sha256,
        parts,
        partition,
        cursor,
        authzRevision,
        requestId,
        committedAt,
        versioned,
        checksums,
        Protection.NONE);
  }

  /** Of a bucket that keeps no versions, without checksums. */
  public Receipt(
      BucketName bucket,
      String key,
      String version,
      boolean nullVersion,
      boolean deleteMarker,
      String etag,
      long size,
      byte[] sha256,
      int parts,
      int partition,
      long cursor,
      long authzRevision,
      String requestId,
      Instant committedAt) {
    this(
        bucket,
        key,
        version,
        nullVersion,
        deleteMarker,
        etag,
        size,
        sha256,
        parts,
        partition,
        cursor,
        authzRevision,
        requestId,
        committedAt,
        false,
        Map.of());
  }

  /** Copies the map. */
  public Receipt {
    checksums = Map.copyOf(checksums);
  }

  /** Lower-case hexadecimal SHA-256 of the bytes; null if unknown or made of parts. */
  public String sha256Text() {
    return sha256 == null || parts > 0 ? null : HexFormat.of().formatHex(sha256);
  }

  /** {@code <hex>-<parts>} of a version made of parts, else null. */
  public String partsSha256Text() {
    return sha256 == null || parts == 0 ? null : HexFormat.of().formatHex(sha256) + "-" + parts;
  }
}
