package dev.anvil.objects.notify;

import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The targets of a deployment, in the directory. */
public final class TargetBook {
  private static final String PURPOSE = "notification-target";
  private final Partitions partitions;
  private final SecretSealer sealer;

  /** Over the directory partition. */
  public TargetBook(Partitions partitions, SecretSealer sealer) {
    this.partitions = partitions;
    this.sealer = sealer;
  }

  Partitions partitions() {
    return partitions;
  }

  /** All targets by name. */
  public List<Target> all() {
    return partitions.directory().read(TargetBook::all);
  }

  static List<Target> all(ReadTx tx) {
    List<Target> targets = new ArrayList<>();
    try (EntryCursor c = tx.scan(KeyRange.prefix(NotifyRecords.targets()), Order.ASCENDING)) {
      while (c.next()) {
        targets.add(Target.of(c.value()));
      }
    }
    return targets;
  }

  /** The target of an ARN, or null. */
  public Target find(String arn) {
    if (!arn.startsWith(Target.ARN)) {
      return null;
    }
    byte[] key = NotifyRecords.target(arn.substring(Target.ARN.length()));
    byte[] found = partitions.directory().read(tx -> tx.get(key));
    return found == null ? null : Target.of(found);
  }

  SealedSecret seal(String name, String secret) {
    return sealer.seal(
        PURPOSE,
        name.getBytes(StandardCharsets.US_ASCII),
        secret.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Seals the secrets of some targets under the newest key; a commit at most.
   *
   * @param fence runs first in the commit
   * @return whether there were any
   */
  public boolean sealAnew(Consumer<WriteTx> fence) {
    if (partitions.directory().read(this::underOthers).isEmpty()) {
      return false;
    }
    partitions
        .directory()
        .write(tx -> {
          fence.accept(tx);
          for (Target target : underOthers(tx)) {
            tx.put(NotifyRecords.target(target.name()), sealedAnew(target).toBytes());
          }
          return null;
        });
    return true;
  }

  private List<Target> underOthers(ReadTx tx) {
    String current = sealer.currentKeyId();
    return all(tx).stream()
        .filter(t -> !t.secret().keyId().equals(current))
        .limit(NotifyLimits.MAX_STEP_TARGETS)
        .toList();
  }

  private Target sealedAnew(Target t) {
    byte[] plain = secret(t);
    try {
      SealedSecret sealed =
          sealer.seal(PURPOSE, t.name().getBytes(StandardCharsets.US_ASCII), plain);
      return new Target(t.name(), t.url(), sealed, t.tenant(), t.createdAt());
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** What a target's messages are signed with. */
  byte[] secret(Target target) {
    return sealer.open(PURPOSE, target.name().getBytes(StandardCharsets.US_ASCII), target.secret());
  }
}
