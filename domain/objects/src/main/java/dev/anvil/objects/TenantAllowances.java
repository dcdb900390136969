package dev.anvil.objects;

import dev.anvil.identity.TenantDoor;
import dev.anvil.identity.TenantLimits;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.WriteTx;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Quotas of tenants over all their buckets, wherever those lie. The directory hands a bucket an
 * allowance, never more than the quota in sum; the bucket's own commits keep to it and come back
 * for more. So the quota is never exceeded, and most writes ask nobody. When nothing is left, what
 * other buckets drew and do not use is taken back first, so a refusal comes early by at most what
 * somebody draws at that very moment: an allowance, {@link ObjectLimits#ALLOWANCE_BYTES}.
 */
final class TenantAllowances {
  private static final int MOST_DRAWS = 8;

  private final ObjectServices services;
  private final ReclaimAllowances reclaim;

  TenantAllowances(ObjectServices services) {
    this.services = services;
    this.reclaim = new ReclaimAllowances(services);
  }

  /**
   * Does the work, and each time the bucket's allowance is spent, draws more and does it again.
   *
   * @throws LimitExceeded QuotaExceeded
   */
  <T> T within(BucketRef bucket, Supplier<T> work) {
    for (int i = 0; i < MOST_DRAWS; i++) {
      try {
        return work.get();
      } catch (AllowanceSpent e) {
        draw(bucket, e.after());
      }
    }
    throw new Unavailable(
        Unavailable.Reason.OVERLOADED, "others use up what this bucket draws; try again");
  }

  private void draw(BucketRef bucket, BucketCounters need) {
    Answer answer = ask(bucket, need);
    if (answer.handed() == null && reclaim.of(bucket.tenantId())) {
      answer = ask(bucket, need);
    }
    if (answer.handed() == null) {
      throw answer.refusal();
    }
    Allowance handed = answer.handed();
    services
        .partitions()
        .get(bucket.partition())
        .write(tx -> {
          BucketRecord record = BucketTx.read(tx, bucket);
          if (record.allowance().version() < handed.version()) {
            tx.put(ObjectsRecords.bucket(bucket.id()), BucketCodec.encode(record.drawing(handed)));
          }
          return null;
        });
  }

  /** What the directory hands out, or why not. */
  private record Answer(Allowance handed, LimitExceeded refusal) {}

  private Answer ask(BucketRef bucket, BucketCounters need) {
    return services.partitions().directory().write(tx -> answer(tx, bucket, need)).value();
  }

  private static Answer answer(WriteTx tx, BucketRef bucket, BucketCounters need) {
    NameRecord name = NameRecord.decode(tx.get(NameRecord.key(bucket.name())));
    if (name == null || name.bucketId() != bucket.id()) {
      throw BucketDirectory.absent(bucket.name());
    }
    TenantLimits limits = TenantDoor.limits(tx, name.owner(), bucket.tenantId());
    Grant was = Grant.find(tx, bucket);
    Allowance had = was == null ? Allowance.NOTHING : was.allowance();
    long version = had.version() + 1;
    if (!limits.hasQuota()) {
      if (was != null) {
        Grant.put(tx, bucket, null);
      }
      return new Answer(new Allowance(-1, -1, version), null);
    }
    Allowance sum = Grant.sum(tx, bucket.tenantId());
    long freeObjects = free(limits.quotaObjects(), sum.objects() - had.objects());
    long freeBytes = free(limits.quotaBytes(), sum.bytes() - had.bytes());
    if (need.objects() > freeObjects) {
      return refused(name, "objects", limits.quotaObjects());
    }
    if (need.totalBytes() > freeBytes) {
      return refused(name, "bytes", limits.quotaBytes());
    }
    Allowance next =
        new Allowance(
            share(need.objects(), freeObjects, ObjectLimits.ALLOWANCE_OBJECTS),
            share(need.totalBytes(), freeBytes, ObjectLimits.ALLOWANCE_BYTES),
            version);
    Grant.put(tx, bucket, next);
    return new Answer(next, null);
  }

  private static long free(long quota, long others) {
    return quota == TenantLimits.NONE ? TenantLimits.MAX : quota - others;
  }

  /** What is needed and some more, less of it the less there is. */
  private static long share(long need, long free, long most) {
    return need + Math.min(most, (free - need) / 4);
  }

  private static Answer refused(NameRecord name, String what, long quota) {
    return new Answer(
        null,
        new LimitExceeded(
            LimitExceeded.Reason.QUOTA,
            "tenant '"
                + name.owner()
                + "' would hold more "
                + what
                + " than its quota "
                + quota
                + "; delete what is not needed, or ask an administrator for more",
            Map.of("tenant", name.owner(), "quota", what, "limit", quota)));
  }
}
