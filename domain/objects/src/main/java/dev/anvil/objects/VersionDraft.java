package dev.anvil.objects;

import dev.anvil.objects.rules.Protection;
import dev.anvil.ports.bodies.BodyId;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A version before its commit gives it an id. Everything in it has been checked already.
 *
 * @param size bytes
 * @param etag without quotes
 * @param sha256 of the bytes, or with parts of the parts' hashes
 * @param parts 0 for a plain body, else the number of parts
 * @param content where the bytes are or will be
 * @param headers content headers
 * @param userMetadata checked by {@link Labels}
 * @param structured compact JSON, or null
 * @param tags checked by {@link Labels}
 * @param checksums further checksums to keep
 * @param newBodies stored bodies that the commit makes reachable for the first time
 * @param grants who will own it and what its list will give
 * @param protection lock the writer asked for, and how the bytes are encrypted
 */
public record VersionDraft(
    long size,
    String etag,
    byte[] sha256,
    int parts,
    Content content,
    ContentHeaders headers,
    SortedMap<String, String> userMetadata,
    byte[] structured,
    SortedMap<String, String> tags,
    Map<DigestAlgorithm, byte[]> checksums,
    List<BodyId> newBodies,
    VersionGrants grants,
    Protection protection) {
  /** The bucket owner's alone. */
  public VersionDraft(
      long size,
      String etag,
      byte[] sha256,
      int parts,
      Content content,
      ContentHeaders headers,
      SortedMap<String, String> userMetadata,
      byte[] structured,
      SortedMap<String, String> tags,
      Map<DigestAlgorithm, byte[]> checksums,
      List<BodyId> newBodies,
      Protection protection) {
    this(
        size,
        etag,
        sha256,
        parts,
        content,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        newBodies,
        VersionGrants.NONE,
        protection);
  }

  /** The bucket owner's alone, and unprotected. */
  public VersionDraft(
      long size,
      String etag,
      byte[] sha256,
      int parts,
      Content content,
      ContentHeaders headers,
      SortedMap<String, String> userMetadata,
      byte[] structured,
      SortedMap<String, String> tags,
      Map<DigestAlgorithm, byte[]> checksums,
      List<BodyId> newBodies) {
    this(
        size,
        etag,
        sha256,
        parts,
        content,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        newBodies,
        VersionGrants.NONE,
        Protection.NONE);
  }

  /** The same, protected. */
  public VersionDraft with(Protection other) {
    return new VersionDraft(
        size,
        etag,
        sha256,
        parts,
        content,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        newBodies,
        grants,
        other);
  }

  /** The same with other grants. */
  public VersionDraft with(VersionGrants others) {
    return new VersionDraft(
        size,
        etag,
        sha256,
        parts,
        content,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        newBodies,
        others,
        protection);
  }

  /** The same with its bytes somewhere. */
  VersionDraft at(Content place, List<BodyId> stored) {
    return new VersionDraft(
        size,
        etag,
        sha256,
        parts,
        place,
        headers,
        userMetadata,
        structured,
        tags,
        checksums,
        stored,
        grants,
        protection);
  }

  /** Bytes of a draft. */
  public sealed interface Content {
    /** Bytes to be put beside the record in the same commit; empty is fine. */
    record Bytes(byte[] bytes) implements Content {}

    /** Bytes that are somewhere already; the version takes over (or has counted) the reference. */
    record Placed(VersionBody body) implements Content {}
  }
}
