package dev.anvil.objects;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.ports.storage.ReadTx;
import java.time.Instant;

/** When lifecycles end what was just written. */
public final class Endings {
  private Endings() {}

  /** The end of an upload that stays open; null for never. */
  public static LifecycleRules.Expiry ofUpload(
      ReadTx tx, BucketRecord bucket, ObjectKey key, Instant createdAt) {
    LifecycleRules rules = BucketRuleBook.lifecycle(tx, bucket);
    return rules == null ? null : rules.uploadExpiry(key.utf8(), createdAt);
  }

  /** The end of the version in a receipt; null for never, and where another one is current. */
  public static LifecycleRules.Expiry of(
      ReadTx tx, BucketRecord bucket, ObjectKey key, Receipt receipt) {
    LifecycleRules rules = BucketRuleBook.lifecycle(tx, bucket);
    VersionRecord live = rules == null ? null : KeyState.read(tx, bucket, key).live();
    return live == null || !live.id().text().equals(receipt.version())
        ? null
        : rules.expiry(key.utf8(), live.tags(), live.size(), live.committedAt());
  }
}
