package dev.anvil.objects;

import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Leased work: forgets whose deleted buckets were once the journal holds no entry of them. */
public final class ForgetBuckets {
  /** Name of the duty, without its partition. */
  public static final String DUTY = "forget-buckets";

  private final ObjectServices services;
  private final Map<PartitionId, Long> reached = new ConcurrentHashMap<>();

  /** Works on these services. */
  public ForgetBuckets(ObjectServices services) {
    this.services = services;
  }

  private record Seen(List<Long> old, long last, boolean more) {}

  /**
   * Looks at a bounded number of deleted buckets of a partition, round and round.
   *
   * @param token fencing token of the holder
   * @return whether more wait in this round
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean step(PartitionId id, long token) {
    Partition partition = services.partitions().get(id);
    long oldest = partition.head().oldest();
    long after = reached.getOrDefault(id, 0L);
    Seen seen =
        partition.read(tx -> {
          KeyRange all = KeyRange.prefix(ObjectsRecords.gonePrefix());
          List<Long> old = new ArrayList<>();
          long last = 0;
          int looked = 0;
          try (EntryCursor c = tx.scan(all.after(ObjectsRecords.gone(after)), Order.ASCENDING)) {
            while (looked < ObjectLimits.DRAIN_RECORDS && c.next()) {
              looked++;
              KeyReader key = new KeyReader(c.key(), KeySpace.BUCKETS);
              key.u8();
              last = key.u64();
              if (GoneBucket.decode(c.value()).deleted() < oldest) {
                old.add(last);
              }
            }
          }
          return new Seen(old, last, looked == ObjectLimits.DRAIN_RECORDS);
        });
    if (!seen.old().isEmpty()) {
      partition.write(tx -> {
        Fences.check(tx, DUTY + "/" + id, token);
        seen.old().forEach(bucket -> tx.delete(ObjectsRecords.gone(bucket)));
        return null;
      });
    }
    reached.put(id, seen.more() ? seen.last() : 0L);
    return seen.more();
  }
}
