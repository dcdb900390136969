package dev.anvil.identity;

import dev.anvil.ports.identity.KeyRings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists the keys of the deployment without what is secret; for administrators. */
public final class ListKeys {
  private final IdentityDirectory directory;
  private final KeyRings rings;
  private final SealedElsewhere elsewhere;

  /** On this directory. */
  public ListKeys(IdentityDirectory directory, KeyRings rings, SealedElsewhere elsewhere) {
    this.elsewhere = elsewhere;
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
   * @param secrets what is stored sealed under it: secrets of applications and of notification
   *     targets, keys of buckets
   */
  public record KeyInfo(String kind, String id, boolean current, Instant retiredAt, long secrets) {}

  /** All keys, the newest of each kind first. */
  public record Result(List<KeyInfo> keys) {}

  /** The newest acknowledged state. */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    Map<String, Long> sealed = new HashMap<>(directory.secretsByKey());
    elsewhere.byKey().forEach((key, count) -> sealed.merge(key, count, Long::sum));
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
