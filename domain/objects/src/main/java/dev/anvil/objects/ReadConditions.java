package dev.anvil.objects;

import dev.anvil.kernel.ByteRange;
import dev.anvil.ports.failure.PreconditionFailed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Conditions of a read, evaluated in the order of RFC 9110 (13.2.2). Each null when not sent. Dates
 * are compared in whole seconds, as the wire carries them.
 *
 * @param ifMatch strong comparison
 * @param ifUnmodifiedSince only looked at without {@code ifMatch}
 * @param ifNoneMatch weak comparison
 * @param ifModifiedSince only looked at without {@code ifNoneMatch}
 * @param ifRangeTag ranges count only if the version has exactly this strong tag
 * @param ifRangeDate ranges count only if the version was last modified exactly then
 */
public record ReadConditions(
    EntityTags ifMatch,
    Instant ifUnmodifiedSince,
    EntityTags ifNoneMatch,
    Instant ifModifiedSince,
    EntityTags ifRangeTag,
    Instant ifRangeDate) {
  /** No conditions. */
  public static final ReadConditions NONE = new ReadConditions(null, null, null, null, null, null);

  /**
   * Decides whether the content is sent.
   *
   * @throws PreconditionFailed PreconditionFailed (412) or NotModified (304)
   */
  void check(VersionRecord version) {
    Instant modified = version.committedAt().truncatedTo(ChronoUnit.SECONDS);
    if (ifMatch != null) {
      if (!ifMatch.matchesStrongly(version.etag())) {
        throw failed("If-Match does not name the entity tag", version);
      }
    } else if (ifUnmodifiedSince != null && modified.isAfter(ifUnmodifiedSince)) {
      throw failed("it was modified after If-Unmodified-Since", version);
    }
    if (ifNoneMatch != null) {
      if (ifNoneMatch.matchesWeakly(version.etag())) {
        throw notModified(version);
      }
    } else if (ifModifiedSince != null && !modified.isAfter(ifModifiedSince)) {
      throw notModified(version);
    }
  }

  /** Ranges to send; empty for everything. */
  List<ByteRange> ranges(List<RangeSpec> wanted, VersionRecord version) {
    return rangesCount(version) ? RangeSpec.resolve(wanted, version.size()) : List.of();
  }

  private boolean rangesCount(VersionRecord version) {
    if (ifRangeTag != null) {
      return ifRangeTag.matchesStrongly(version.etag());
    }
    return ifRangeDate == null
        || version.committedAt().truncatedTo(ChronoUnit.SECONDS).equals(ifRangeDate);
  }

  private static PreconditionFailed failed(String why, VersionRecord version) {
    return new PreconditionFailed(PreconditionFailed.Reason.PRECONDITION, why, fields(version));
  }

  private static PreconditionFailed notModified(VersionRecord version) {
    return new PreconditionFailed(
        PreconditionFailed.Reason.NOT_MODIFIED, "the caller has this version", fields(version));
  }

  private static Map<String, Object> fields(VersionRecord version) {
    return Map.of(
        "etag", version.etag(),
        "version", version.id().text(),
        "lastModified", version.committedAt().toString());
  }
}
