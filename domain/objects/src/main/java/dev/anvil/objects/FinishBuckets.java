package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import java.util.List;

/** Finishes creations and deletions of buckets that a crash, or their size, left unfinished. */
public final class FinishBuckets {
  /** Kind of the duty; its name is this, a slash and the partition. */
  public static final String DUTY = "finish-buckets";

  private final ObjectServices services;
  private final BucketLife life;

  /**
   * Works on these services.
   *
   * @param contents what buckets hold beside versions
   */
  public FinishBuckets(ObjectServices services, List<BucketContents> contents) {
    this.services = services;
    this.life = new BucketLife(services, contents);
  }

  /**
   * One step for the buckets of a partition; for the directory also one unfinished creation.
   *
   * @param token fencing token of the holder
   * @return whether more may wait
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean step(PartitionId id, long token) {
    boolean created = id.equals(PartitionId.DIRECTORY) && create(token);
    return close(id, token) || created;
  }

  private record Unfinished(BucketName name, NameRecord record) {}

  private boolean create(long token) {
    byte[] prefix = NameRecord.unfinishedPrefix();
    Unfinished found =
        services
            .partitions()
            .directory()
            .read(tx -> {
              try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
                return c.next()
                    ? new Unfinished(
                        NameRecord.nameAfter(c.key(), prefix.length), NameRecord.decode(c.value()))
                    : null;
              }
            });
    if (found == null) {
      return false;
    }
    String duty = DUTY + "/" + PartitionId.DIRECTORY;
    life.open(
        tx -> Fences.check(tx, duty, token), Attempt.ofDuty(DUTY), found.name(), found.record());
    return true;
  }

  private boolean close(PartitionId id, long token) {
    BucketRecord found =
        services
            .partitions()
            .get(id)
            .read(tx -> {
              KeyRange range = KeyRange.prefix(ObjectsRecords.closingPrefix());
              try (EntryCursor c = tx.scan(range, Order.ASCENDING)) {
                return c.next()
                    ? BucketCodec.decode(
                        BucketCodec.required(
                            tx.get(ObjectsRecords.bucket(ObjectsRecords.closingBucket(c.key()))),
                            "bucket"))
                    : null;
              }
            });
    if (found == null) {
      return false;
    }
    BucketRef ref = new BucketRef(found.name(), found.id(), id, found.tenantId());
    String duty = DUTY + "/" + id;
    Attempt attempt = Attempt.ofDuty(DUTY);
    if (!life.drain(tx -> Fences.check(tx, duty, token), attempt, ref)) {
      life.drop(tx -> Fences.check(tx, duty, token), attempt, ref, null, null);
    }
    return true;
  }
}
