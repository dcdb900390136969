package dev.anvil.objects;

import dev.anvil.objects.rules.LockClock;
import dev.anvil.objects.sealing.BodyKeys;
import java.time.InstantSource;

/**
 * What guards versions.
 *
 * @param clock the time that ends locks
 * @param keys keys of encrypted bodies
 */
public record Guards(LockClock clock, BodyKeys keys) {
  /** Locks end by the wall clock and nothing can be encrypted. */
  public static Guards plain(InstantSource wall) {
    return new Guards(LockClock.believing(wall), BodyKeys.none());
  }
}
