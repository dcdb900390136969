package dev.anvil.objects.rules;

import dev.anvil.objects.sealing.SealWish;
import dev.anvil.ports.failure.Invalid;

/**
 * What a writer says of the protection of a version.
 *
 * @param lock lock, or nothing said
 * @param seal encryption, or nothing said
 * @param unchecked whether the content comes with nothing to check it by, which is refused of a
 *     version that will be locked
 */
public record WriteWish(VersionLock lock, SealWish seal, boolean unchecked) {
  /** Nothing is said: as the bucket says. */
  public static final WriteWish NONE = new WriteWish(VersionLock.NONE, SealWish.NONE);

  /** Of content that need not be checked. */
  public WriteWish(VersionLock lock, SealWish seal) {
    this(lock, seal, false);
  }

  /** The same of content that comes with nothing to check it by. */
  public WriteWish ofUnchecked() {
    return new WriteWish(lock, seal, true);
  }

  /**
   * Refuses to lock what may have come damaged.
   *
   * @param bucket object lock of the bucket
   * @throws Invalid InvalidRequest
   */
  public void requireChecked(ObjectLock bucket) {
    boolean locks = !lock.equals(VersionLock.NONE) || bucket.mode() != null;
    if (unchecked && locks) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with"
              + " Object Lock parameters");
    }
  }
}
