package dev.anvil.identity;

import dev.anvil.ports.identity.KeyRings;
import dev.anvil.ports.storage.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Leased work once tokens are expired: nobody has to remember that they ended, nor their keys. */
public final class ForgetTokens {
  private final IdentityDirectory directory;
  private final KeyRings rings;
  private final Duration tokenLife;
  private final InstantSource clock;

  /**
   * On this directory.
   *
   * @param tokenLife how long an older key of tokens is kept
   */
  public ForgetTokens(
      IdentityDirectory directory, KeyRings rings, Duration tokenLife, InstantSource clock) {
    this.directory = directory;
    this.rings = rings;
    this.tokenLife = tokenLife;
    this.clock = clock;
  }

  /**
   * Forgets revocations of tokens that are expired by now.
   *
   * @param fence runs first in the commit
   * @return whether more may be left
   */
  public boolean revocations(Call call, Consumer<WriteTx> fence) {
    Instant now = clock.instant();
    List<String> over =
        directory.revokedTokens().entrySet().stream()
            .filter(e -> e.getValue().isBefore(now))
            .limit(IdentityLimits.MAX_STEP_APPLICATIONS)
            .map(Map.Entry::getKey)
            .toList();
    if (over.isEmpty()) {
      return false;
    }
    directory.write(
        call,
        change -> {
          fence.accept(change.tx());
          change.record("token.revocations_over", 0, "tokens", over.size() + " expired", "");
          for (String id : over) {
            change.delete(IdentityRecords.revokedTokenKey(id));
            change.tx().onDurable(() -> directory.see(id, null));
          }
          return null;
        });
    return true;
  }

  /**
   * Lets go of keys of tokens that are all expired.
   *
   * @param fence runs first in the commit
   * @return whether more may be left
   */
  public boolean keys(Call call, Consumer<WriteTx> fence) {
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
