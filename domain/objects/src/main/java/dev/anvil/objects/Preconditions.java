package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.PreconditionFailed;
import java.util.Map;

/**
 * What a mutation demands of the key's current state, decided inside its commit. A key whose newest
 * state is a delete marker counts as absent.
 *
 * @param ifMatch entity tags, one of which the current version must have; null for no demand
 * @param ifNoneMatch entity tags, none of which it may have; null for no demand
 * @param expectedVersion text of the version id that must be newest (a marker's id is fine), or
 *     {@code null} spelt out for the null version; null for no demand
 * @param expectedAbsent whether there must be no current version
 */
public record Preconditions(
    EntityTags ifMatch, EntityTags ifNoneMatch, String expectedVersion, boolean expectedAbsent) {
  /** No demand. */
  public static final Preconditions NONE = new Preconditions(null, null, null, false);

  /** There must be no current version. */
  public static final Preconditions ABSENT = new Preconditions(null, null, null, true);

  /** Refuses malformed ids and contradictions. */
  public Preconditions {
    if (expectedVersion != null && !expectedVersion.equals(VersionId.NULL_TEXT)) {
      VersionId.parse(expectedVersion);
    }
    if (expectedAbsent && (expectedVersion != null || ifMatch != null)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "expected absent contradicts an expected version and If-Match; send one of them");
    }
  }

  /** The newest version must be this one. */
  public static Preconditions version(String expected) {
    return new Preconditions(null, null, expected, false);
  }

  /** Whether nothing is demanded. */
  public boolean isNone() {
    return ifMatch == null && ifNoneMatch == null && expectedVersion == null && !expectedAbsent;
  }

  /**
   * Decides.
   *
   * @param newest newest state of the key, a marker included; null when the key has none
   * @throws PreconditionFailed if a demand is not met
   */
  public void check(VersionRecord newest) {
    VersionRecord live = newest == null || newest.marker() ? null : newest;
    String etag = live == null ? null : live.etag();
    if (expectedAbsent && live != null) {
      throw failed("the key exists");
    }
    if (expectedVersion != null && !isNewest(newest)) {
      throw failed("the newest version is not " + expectedVersion);
    }
    if (ifMatch != null && !ifMatch.matchesStrongly(etag)) {
      throw new PreconditionFailed(
          PreconditionFailed.Reason.PRECONDITION,
          "If-Match names no current entity tag; read it again and decide",
          Map.of("absent", live == null));
    }
    if (ifNoneMatch != null && ifNoneMatch.matchesWeakly(etag)) {
      throw failed("If-None-Match names the current entity tag");
    }
  }

  private boolean isNewest(VersionRecord newest) {
    if (newest == null) {
      return false;
    }
    return expectedVersion.equals(VersionId.NULL_TEXT)
        ? newest.nullVersion()
        : newest.id().text().equals(expectedVersion);
  }

  private static PreconditionFailed failed(String why) {
    return new PreconditionFailed(
        PreconditionFailed.Reason.PRECONDITION, why + "; read it again and decide");
  }
}
