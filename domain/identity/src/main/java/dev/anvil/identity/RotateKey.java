package dev.anvil.identity;

import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.identity.KeyRings;
import java.time.InstantSource;
import java.util.Map;

/**
 * Puts a new key in use; for administrators. What was made under the older ones goes on: tokens
 * until they expire, stored secrets until they are sealed anew.
 */
public final class RotateKey {
  private final IdentityDirectory directory;
  private final KeyRings rings;
  private final InstantSource clock;

  /** On this directory. */
  public RotateKey(IdentityDirectory directory, KeyRings rings, InstantSource clock) {
    this.directory = directory;
    this.rings = rings;
    this.clock = clock;
  }

  /**
   * What to do.
   *
   * @param kind {@code sealing} or {@code token}
   * @param reason why; null for none
   */
  public record Command(String kind, String reason) {}

  /** The id of the new key. */
  public record Result(String keyId) {}

  /**
   * Returns when the new key is in use and recorded. The intent is recorded first: a crash between
   * leaves it without the entry that says done, and never a new key without either.
   *
   * @throws Invalid InvalidArgument for another kind
   * @throws WrongState SetByConfiguration if the key comes from the settings
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String reason = Names.reason(command.reason());
    KeyRings.Kind ring = ring(command.kind());
    String kind = command.kind();
    if (!rings.rotates(ring)) {
      throw new WrongState(
          WrongState.Reason.SET_BY_CONFIGURATION,
          "the "
              + kind
              + " key comes from the settings: set the new one there, the old one as its"
              + " _PREVIOUS, and restart",
          Map.of("kind", kind));
    }
    directory.write(call, change -> change.record("key.rotating", 0, kind, "", reason));
    String id = rings.rotate(ring, clock.instant());
    directory.write(call, change -> change.record("key.rotated", 0, kind, id, reason));
    return new Result(id);
  }

  private static KeyRings.Kind ring(String kind) {
    return switch (kind) {
      case "sealing" -> KeyRings.Kind.SEALING;
      case "token" -> KeyRings.Kind.TOKEN;
      case null, default ->
          throw new Invalid(
              Invalid.Reason.ARGUMENT, "'kind' is sealing or token.", Map.of("name", "kind"));
    };
  }

  static String name(KeyRings.Kind kind) {
    return switch (kind) {
      case SEALING -> "sealing";
      case TOKEN -> "token";
    };
  }
}
