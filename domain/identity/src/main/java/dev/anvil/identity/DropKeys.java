package dev.anvil.identity;

import dev.anvil.ports.identity.KeyRings;
import dev.anvil.ports.storage.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Leased work: lets go of keys of tokens that are all expired. */
public final class DropKeys {
  private final IdentityDirectory directory;
  private final KeyRings rings;
  private final Duration tokenLife;
  private final InstantSource clock;

  /**
   * On this directory.
   *
   * @param tokenLife how long an older key of tokens is kept
   */
  public DropKeys(
      IdentityDirectory directory, KeyRings rings, Duration tokenLife, InstantSource clock) {
    this.directory = directory;
    this.rings = rings;
    this.tokenLife = tokenLife;
    this.clock = clock;
  }

  /**
   * One step.
   *
   * @param fence runs first in the commit
   * @return whether more may be left
   */
  public boolean step(Call call, Consumer<WriteTx> fence) {
    if (!rings.rotates(KeyRings.Kind.TOKEN)) {
      return false;
    }
    Instant over = clock.instant().minus(tokenLife).minus(IdentityLimits.CLOCK_SKEW);
    for (KeyRings.Key key : rings.keys(KeyRings.Kind.TOKEN)) {
      if (!key.current() && key.retiredAt() != null && key.retiredAt().isBefore(over)) {
        directory.write(
            call,
            change -> {
              fence.accept(change.tx());
              return change.record("key.dropped", 0, "token", key.id(), "");
            });
        rings.drop(KeyRings.Kind.TOKEN, key.id());
        return true;
      }
    }
    return false;
  }
}
