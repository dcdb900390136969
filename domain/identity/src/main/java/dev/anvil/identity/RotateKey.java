package dev.anvil.identity;

import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.identity.KeyRings;
import dev.anvil.ports.storage.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts a new key in use; for administrators. What was made under the older ones goes on: tokens
 * until they expire, stored secrets until they are sealed anew.
 */
public final class RotateKey {
  private final IdentityDirectory directory;
  private final KeyRings rings;
  private final Duration tokenLife;
  private final InstantSource clock;

  /**
   * On this directory.
   *
   * @param tokenLife how long an older key of tokens is kept
   */
  public RotateKey(
      IdentityDirectory directory, KeyRings rings, Duration tokenLife, InstantSource clock) {
    this.directory = directory;
    this.rings = rings;
    this.tokenLife = tokenLife;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param kind which key
   * @param reason why; null for none
   */
  public record Command(KeyRings.Kind kind, String reason) {}

  /** The id of the new key. */
  public record Result(String keyId) {}

  /**
   * Returns when the new key is in use and recorded. The intent is recorded first: a crash between
   * leaves it without the entry that says done, and never a new key without either.
   *
   * @throws WrongState SetByConfiguration if the key comes from the settings
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String reason = Names.reason(command.reason());
    String kind = name(command.kind());
    if (!rings.rotates(command.kind())) {
      throw new WrongState(
          WrongState.Reason.SET_BY_CONFIGURATION,
          "the "
              + kind
              + " key comes from the settings: set the new one there, the old one as its"
              + " _PREVIOUS, and restart",
          Map.of("kind", kind));
    }
    directory.write(call, change -> change.record("key.rotating", 0, kind, "", reason));
    String id = rings.rotate(command.kind(), clock.instant());
    directory.write(call, change -> change.record("key.rotated", 0, kind, id, reason));
    return new Result(id);
  }

  /**
   * Leased work: lets go of keys of tokens that are all expired.
   *
   * @param fence runs first in the commit
   * @return whether more may be left
   */
  public boolean forget(Call call, Consumer<WriteTx> fence) {
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

  static String name(KeyRings.Kind kind) {
    return switch (kind) {
      case SEALING -> "sealing";
      case TOKEN -> "token";
    };
  }
}
