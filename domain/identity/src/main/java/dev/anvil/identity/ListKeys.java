package dev.anvil.identity;

import dev.anvil.ports.identity.KeyRings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists the keys of the deployment without what is secret; for administrators. */
public final class ListKeys {
  private final IdentityDirectory directory;
  private final KeyRings rings;

  /** On this directory. */
  public ListKeys(IdentityDirectory directory, KeyRings rings) {
    this.directory = directory;
    this.rings = rings;
  }

  /** Nothing to say. */
  public record Command() {}

  /**
   * A key.
   *
   * @param kind {@code sealing} or {@code token}
   * @param id {@code kid} of a token, key id of a stored secret
   * @param current whether it is in use for what is new
   * @param retiredAt when another took its place; null if that is not known, or did not happen
   * @param secrets stored secrets of applications sealed under it
   */
  public record KeyInfo(String kind, String id, boolean current, Instant retiredAt, long secrets) {}

  /** All keys, the newest of each kind first. */
  public record Result(List<KeyInfo> keys) {}

  /** The newest acknowledged state. */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    Map<String, Long> sealed = directory.secretsByKey();
    List<KeyInfo> keys = new ArrayList<>();
    for (KeyRings.Kind kind : KeyRings.Kind.values()) {
      for (KeyRings.Key key : rings.keys(kind)) {
        long secrets = kind == KeyRings.Kind.SEALING ? sealed.getOrDefault(key.id(), 0L) : 0;
        keys.add(
            new KeyInfo(RotateKey.name(kind), key.id(), key.current(), key.retiredAt(), secrets));
      }
    }
    return new Result(List.copyOf(keys));
  }
}
