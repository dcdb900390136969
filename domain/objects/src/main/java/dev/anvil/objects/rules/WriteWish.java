package dev.anvil.objects.rules;

import dev.anvil.objects.sealing.SealWish;

/**
 * What a writer says of the protection of a version.
 *
 * @param lock lock, or nothing said
 * @param seal encryption, or nothing said
 */
public record WriteWish(VersionLock lock, SealWish seal) {
  /** Nothing is said: as the bucket says. */
  public static final WriteWish NONE = new WriteWish(VersionLock.NONE, SealWish.NONE);
}
