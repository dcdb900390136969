package dev.anvil.objects;

import dev.anvil.journal.TenantErasure;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Shuts every bucket of a tenant that is deleted; the work that finishes buckets empties them. */
public final class EraseBuckets implements TenantErasure {
  private static final String DUTY = "erase-tenants";

  private final ObjectServices services;
  private final BucketLife life;

  /**
   * Works on these services.
   *
   * @param contents what buckets hold beside versions
   */
  public EraseBuckets(ObjectServices services, List<BucketContents> contents) {
    this.services = services;
    this.life = new BucketLife(services, contents);
  }

  private record Named(BucketName name, NameRecord record) {}

  @Override
  public String subject() {
    return "buckets";
  }

  @Override
  public Progress step(long tenantId, String tenant, Consumer<WriteTx> fence) {
    List<Named> next = named(tenantId);
    boolean shut = false;
    for (Named bucket : next) {
      shut |= shut(bucket, fence);
    }
    if (next.isEmpty()) {
      return Progress.DONE;
    }
    return shut ? Progress.MORE : Progress.WAITING;
  }

  private List<Named> named(long tenantId) {
    byte[] prefix = NameRecord.tenantPrefix(tenantId);
    return services
        .partitions()
        .directory()
        .read(tx -> {
          List<Named> found = new ArrayList<>();
          try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
            while (found.size() < ObjectLimits.ERASED_BUCKETS && c.next()) {
              BucketName name = NameRecord.nameAfter(c.key(), prefix.length);
              found.add(new Named(name, NameRecord.decode(c.value())));
            }
          }
          return found;
        });
  }

  /** Whether the door was open. */
  private boolean shut(Named bucket, Consumer<WriteTx> fence) {
    Attempt attempt = Attempt.ofDuty(DUTY);
    BucketRef ref = bucket.record().ref(bucket.name());
    if (bucket.record().creating()) {
      life.open(fence, attempt, bucket.name(), bucket.record());
    }
    try {
      return life.shutByForce(fence, attempt, ref);
    } catch (NotFound e) {
      // its record went just now, and its name with it
      return false;
    }
  }
}
