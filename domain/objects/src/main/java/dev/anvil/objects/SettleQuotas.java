package dev.anvil.objects;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the buckets of a tenant that was given a quota under it: each may hold what it holds, and
 * draws from then on. Steps that are done are found done, so it may be cut off and run again.
 */
public final class SettleQuotas {
  /** Name of the duty that finishes what a crash left. */
  public static final String DUTY = "settle-quotas";

  private final ObjectServices services;

  /** Works on these services. */
  public SettleQuotas(ObjectServices services) {
    this.services = services;
  }

  /** Every bucket of the tenant; returns when all of them keep to allowances. */
  public void settle(long tenantId) {
    byte[] prefix = NameRecord.tenantPrefix(tenantId);
    byte[] after = null;
    List<BucketRef> page;
    do {
      page = page(prefix, after);
      for (BucketRef bucket : page) {
        settle(bucket);
        after = NameRecord.tenantKey(tenantId, bucket.name());
      }
    } while (page.size() == ObjectLimits.DRAIN_RECORDS);
  }

  private List<BucketRef> page(byte[] prefix, byte[] after) {
    return services
        .partitions()
        .directory()
        .read(tx -> {
          KeyRange range = KeyRange.prefix(prefix);
          List<BucketRef> page = new ArrayList<>();
          try (EntryCursor c =
              tx.scan(after == null ? range : range.after(after), Order.ASCENDING)) {
            while (page.size() < ObjectLimits.DRAIN_RECORDS && c.next()) {
              page.add(
                  NameRecord.decode(c.value()).ref(NameRecord.nameAfter(c.key(), prefix.length)));
            }
          }
          return page;
        });
  }

  private void settle(BucketRef bucket) {
    boolean known = services.partitions().directory().read(tx -> Grant.find(tx, bucket) != null);
    Allowance used = known ? null : ReclaimAllowances.lower(services, bucket, had -> had + 1);
    if (used == null) {
      return;
    }
    services
        .partitions()
        .directory()
        .write(tx -> {
          NameRecord name = NameRecord.decode(tx.get(NameRecord.key(bucket.name())));
          boolean there = name != null && name.bucketId() == bucket.id();
          if (there && Grant.find(tx, bucket) == null) {
            Grant.put(tx, bucket, used);
          }
          return null;
        });
  }
}
