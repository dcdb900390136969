package dev.anvil.authz;

/**
 * A right, and what it rests on.
 *
 * @param revision revision of the relationships, {@link Access#NO_RELATIONSHIPS} without any
 * @param bucketId internal id of the bucket that grants it to a caller of another tenant or to
 *     nobody in particular; 0 for what the caller's own tenant holds
 * @param version text of the id of the one version whose list grants it, or null
 * @param open whether tuples for everybody grant it, each of what it names
 */
public record Right(long revision, long bucketId, String version, boolean open) {
  /** Nothing beyond what the caller's own tenant holds. */
  public static final Right NONE = new Right(Access.NO_RELATIONSHIPS, 0, null, false);

  static Right own(long revision) {
    return new Right(revision, 0, null, false);
  }

  static Right granted(long bucketId) {
    return new Right(Access.NO_RELATIONSHIPS, bucketId, null, false);
  }

  static Right granted(long bucketId, String version) {
    return new Right(Access.NO_RELATIONSHIPS, bucketId, version, false);
  }

  static Right opened(long bucketId) {
    return new Right(Access.NO_RELATIONSHIPS, bucketId, null, true);
  }

  /** The same, resting on another revision. */
  public Right resting(long other) {
    return new Right(other, bucketId, version, open);
  }

  /** Whether it reaches a bucket with this id although another tenant owns it. */
  public boolean reaches(long bucket) {
    return bucketId != 0 && bucketId == bucket;
  }
}
