package dev.anvil.objects;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;

/**
 * Takes back what buckets drew and do not use. The bucket gives it up first and the directory takes
 * it after, unless the bucket has drawn anew meanwhile: a crash in between leaves a bucket that may
 * less than the directory believes, never more.
 */
final class ReclaimAllowances {
  private final ObjectServices services;
  private final Map<Long, Lately> lately = new ConcurrentHashMap<>();

  private static final class Lately {
    private Instant at = Instant.EPOCH;
    private boolean many;
  }

  ReclaimAllowances(ObjectServices services) {
    this.services = services;
  }

  /**
   * Whether it looked. One after another for a tenant; where that means many buckets, and somebody
   * looked a moment ago, it does not look again.
   */
  boolean of(long tenantId) {
    Lately last = lately.computeIfAbsent(tenantId, _ -> new Lately());
    synchronized (last) {
      Instant now = services.clock().instant();
      if (last.many
          && !now.isBefore(last.at)
          && now.isBefore(last.at.plus(ObjectLimits.RECLAIM_PAUSE))) {
        return false;
      }
      last.many = look(tenantId) > ObjectLimits.DRAIN_RECORDS;
      last.at = services.clock().instant();
    }
    if (lately.size() >= ObjectLimits.CACHED_BUCKETS) {
      lately.clear();
    }
    return true;
  }

  /** Looks at every bucket that has drawn; how many there are. */
  private int look(long tenantId) {
    int looked = 0;
    byte[] after = null;
    List<Grant> page;
    do {
      page = page(tenantId, after);
      looked += page.size();
      for (Grant grant : page) {
        giveUp(grant);
        after = Grant.key(tenantId, grant.bucket().id());
      }
    } while (page.size() == ObjectLimits.DRAIN_RECORDS);
    return looked;
  }

  private List<Grant> page(long tenantId, byte[] after) {
    return services
        .partitions()
        .directory()
        .read(tx -> {
          KeyRange range = KeyRange.prefix(Grant.prefix(tenantId));
          List<Grant> page = new ArrayList<>();
          try (EntryCursor c =
              tx.scan(after == null ? range : range.after(after), Order.ASCENDING)) {
            while (page.size() < ObjectLimits.DRAIN_RECORDS && c.next()) {
              page.add(Grant.decode(c.value()));
            }
          }
          return page;
        });
  }

  private void giveUp(Grant grant) {
    BucketRef bucket = grant.bucket();
    Allowance used =
        services
            .partitions()
            .get(bucket.partition())
            .read(tx -> used(BucketTx.readCounters(tx, bucket.id()), 0));
    Allowance had = grant.allowance();
    if (used.objects() >= had.objects() && used.bytes() >= had.bytes()) {
      return;
    }
    Allowance left = lower(services, bucket, now -> had.version());
    services
        .partitions()
        .directory()
        .write(tx -> {
          Grant now = Grant.find(tx, bucket);
          if (now != null && now.allowance().version() == had.version()) {
            Allowance next =
                left == null
                    ? null
                    : new Allowance(left.objects(), left.bytes(), had.version() + 1);
            Grant.put(tx, bucket, next);
          }
          return null;
        });
  }

  /**
   * Makes what a bucket uses all that it may from now on.
   *
   * @param version number of that allowance, from the one it has; a newer one stays
   * @return null if the bucket is gone
   */
  static Allowance lower(ObjectServices services, BucketRef bucket, LongUnaryOperator version) {
    return services
        .partitions()
        .get(bucket.partition())
        .write(tx -> {
          byte[] key = ObjectsRecords.bucket(bucket.id());
          byte[] value = tx.get(key);
          if (value == null) {
            return null;
          }
          BucketRecord record = BucketCodec.decode(value);
          long next = version.applyAsLong(record.allowance().version());
          Allowance used = used(BucketTx.readCounters(tx, bucket.id()), next);
          if (record.allowance().version() <= next) {
            tx.put(key, BucketCodec.encode(record.drawing(used)));
          }
          return used;
        })
        .value();
  }

  private static Allowance used(BucketCounters counters, long version) {
    return new Allowance(counters.objects(), counters.totalBytes(), version);
  }
}
