package dev.anvil.objects;

import dev.anvil.identity.Caller;
import dev.anvil.journal.watch.BucketSpaces;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import java.util.LinkedHashMap;
import java.util.Map;

/** Buckets as watches know them, with a bounded view of spaces in memory. */
public final class JournalSpaces implements BucketSpaces {
  private record Key(PartitionId partition, long id) {}

  private final ObjectServices services;
  private final Map<Key, Space> view =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Space> eldest) {
          return size() > ObjectLimits.CACHED_BUCKETS;
        }
      };

  /** On these services. */
  public JournalSpaces(ObjectServices services) {
    this.services = services;
  }

  @Override
  public Space named(Caller caller, BucketName name) {
    BucketRef ref = services.buckets().require(caller, name);
    return new Space(ref.id(), name, ref.partition(), ref.tenantId());
  }

  @Override
  public Space space(PartitionId partition, long id) {
    Key key = new Key(partition, id);
    synchronized (view) {
      Space known = view.get(key);
      if (known != null) {
        return known;
      }
    }
    // what a space is never changes; only whether anything of it is left
    Space found = services.partitions().get(partition).read(tx -> read(tx, partition, id));
    if (found != null) {
      synchronized (view) {
        view.put(key, found);
      }
    }
    return found;
  }

  @Override
  public boolean hidden(Space space) {
    NameRecord now = services.buckets().find(space.name());
    return (now == null || now.bucketId() != space.id())
        && services
            .access()
            .governed(space.tenantId(), BucketIds.stored(space.id(), space.name().value()));
  }

  private static Space read(ReadTx tx, PartitionId partition, long id) {
    byte[] there = tx.get(ObjectsRecords.bucket(id));
    if (there != null) {
      BucketRecord bucket = BucketCodec.decode(there);
      return new Space(id, bucket.name(), partition, bucket.tenantId());
    }
    GoneBucket gone = GoneBucket.read(tx, id);
    return gone == null ? null : new Space(id, gone.name(), partition, gone.tenantId());
  }
}
