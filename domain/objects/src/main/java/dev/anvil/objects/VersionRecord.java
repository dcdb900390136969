package dev.anvil.objects;

import dev.anvil.objects.rules.Protection;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.objects.sealing.Sealing;
import dev.anvil.ports.journal.Payload;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * An immutable state of a key as it is stored; the key itself is in the record's key.
 *
 * @param id unique id
 * @param committedAt time of the commit, whole milliseconds
 * @param marker whether it is a delete marker: no body, no metadata
 * @param nullVersion whether it is the key's null version
 * @param nullCursor in the newest state of a key: cursor of its null version, 0 if it has none; may
 *     name one that is gone
 * @param size bytes
 * @param etag without quotes; null for a marker
 * @param sha256 of the bytes, or with parts of the parts' hashes; null for a marker
 * @param parts 0 for a plain body, else the number of parts it was put together from
 * @param body where the bytes are
 * @param headers content headers
 * @param userMetadata names in lower case
 * @param structured structured metadata
 * @param tags tags
 * @param checksums further checksums a client asked to keep
 * @param grants who owns it and what its list gives
 * @param protection of the version and of its bytes
 */
public record VersionRecord(
    VersionId id,
    Instant committedAt,
    boolean marker,
    boolean nullVersion,
    long nullCursor,
    long size,
    String etag,
    byte[] sha256,
    int parts,
    VersionBody body,
    ContentHeaders headers,
    SortedMap<String, String> userMetadata,
    Structured structured,
    SortedMap<String, String> tags,
    Map<DigestAlgorithm, byte[]> checksums,
    VersionGrants grants,
    Protection protection) {
  /** The bucket owner's alone, and unprotected. */
  public VersionRecord(
      VersionId id,
      Instant committedAt,
      boolean marker,
      boolean nullVersion,
      long nullCursor,
      long size,
      String etag,
      byte[] sha256,
      int parts,
      VersionBody body,
      ContentHeaders headers,
      SortedMap<String, String> userMetadata,
      Structured structured,
      SortedMap<String, String> tags,
      Map<DigestAlgorithm, byte[]> checksums) {
    this(
        id,
        committedAt,
        marker,
        nullVersion,
        nullCursor,
        size,
        etag,
        sha256,
        parts,
        body,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        VersionGrants.NONE,
        Protection.NONE);
  }

  /** The same state with another pointer to the null version. */
  public VersionRecord withNullCursor(long cursor) {
    return new VersionRecord(
        id,
        committedAt,
        marker,
        nullVersion,
        cursor,
        size,
        etag,
        sha256,
        parts,
        body,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        grants,
        protection);
  }

  /** The same state with other tags. */
  public VersionRecord withTags(SortedMap<String, String> others) {
    return new VersionRecord(
        id,
        committedAt,
        marker,
        nullVersion,
        nullCursor,
        size,
        etag,
        sha256,
        parts,
        body,
        headers,
        userMetadata,
        structured,
        others,
        checksums,
        grants,
        protection);
  }

  /** The same state, otherwise locked. */
  public VersionRecord withLock(VersionLock lock) {
    return new VersionRecord(
        id,
        committedAt,
        marker,
        nullVersion,
        nullCursor,
        size,
        etag,
        sha256,
        parts,
        body,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        grants,
        protection.with(lock));
  }

  /** Hash of the bytes as those may see it who did not show the key of a customer; or null. */
  byte[] toldHash() {
    return Sealing.hides(protection.sealing()) ? null : sha256;
  }

  /** What the journal says of the bytes. */
  Payload told() {
    return new Payload(size, etag, toldHash());
  }

  /** What keeps it from being removed. */
  public VersionLock lock() {
    return protection.lock();
  }

  /** The same state with other grants. */
  public VersionRecord withGrants(VersionGrants others) {
    return new VersionRecord(
        id,
        committedAt,
        marker,
        nullVersion,
        nullCursor,
        size,
        etag,
        sha256,
        parts,
        body,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        others,
        protection);
  }

  /** The cursor of the id: the place of the version in its key's history. */
  public long cursor() {
    return id.cursor();
  }
}
