package dev.anvil.objects;

import dev.anvil.objects.sealing.BodyKeys;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Seals keys of buckets anew when the envelope key has changed, in bounded steps. Bodies stay as
 * they are: their keys are wrapped under the bucket's.
 */
public final class ResealBucketKeys {
  /** Kind of the duty; its name is this, a slash and the partition. */
  public static final String DUTY = "reseal-bodies";

  private record Place(String envelope, byte[] after) {}

  private final ObjectServices services;
  private final Map<PartitionId, Place> places = new ConcurrentHashMap<>();

  /** Works on these services. */
  public ResealBucketKeys(ObjectServices services) {
    this.services = services;
  }

  /**
   * One step.
   *
   * @param token fencing token of the holder
   * @return whether more may wait
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean step(PartitionId id, long token) {
    BodyKeys keys = services.guards().keys();
    String envelope = keys.envelope();
    Place place = places.get(id);
    boolean same = place != null && place.envelope().equals(envelope);
    if (same && place.after() == null) {
      return false;
    }
    if (place != null && !same) {
      // what was sealed before the change is acknowledged before this walk begins
      services.partitions().get(id).write(tx -> null);
    }
    byte[] after = same ? place.after() : ObjectsRecords.bucketKeys();
    List<Entry> found = services.partitions().get(id).read(tx -> page(tx, after));
    boolean stale = found.stream().anyMatch(e -> resealed(keys, e) != null);
    if (stale) {
      services
          .partitions()
          .get(id)
          .write(tx -> {
            Fences.check(tx, DUTY + "/" + id, token);
            for (Entry e : found) {
              byte[] now = tx.get(e.key());
              byte[] anew = now == null ? null : resealed(keys, new Entry(e.key(), now));
              if (anew != null) {
                tx.put(e.key(), anew);
              }
            }
            return null;
          });
    }
    boolean end = found.size() < PAGE;
    places.put(id, new Place(envelope, end ? null : found.getLast().key()));
    return !end;
  }

  private static final int PAGE = 50;

  /** Gives the records of all keys of buckets in a partition, page by page. */
  public static void each(Partition partition, Consumer<byte[]> records) {
    byte[] after = ObjectsRecords.bucketKeys();
    for (int found = PAGE; found == PAGE; ) {
      byte[] from = after;
      List<Entry> page = partition.read(tx -> page(tx, from));
      page.forEach(e -> records.accept(e.value()));
      found = page.size();
      after = page.isEmpty() ? after : page.getLast().key();
    }
  }

  private static byte[] resealed(BodyKeys keys, Entry e) {
    KeyReader r = new KeyReader(e.key(), KeySpace.BUCKETS);
    r.u8();
    return keys.resealed(r.u64(), e.value());
  }

  private static List<Entry> page(ReadTx tx, byte[] after) {
    List<Entry> found = new ArrayList<>();
    KeyRange all = KeyRange.prefix(ObjectsRecords.bucketKeys()).after(after);
    try (EntryCursor c = tx.scan(all, Order.ASCENDING)) {
      while (found.size() < PAGE && c.next()) {
        found.add(new Entry(c.key(), c.value()));
      }
    }
    return found;
  }
}
