package dev.anvil.objects.exposure;

import dev.anvil.authz.PublicGrants;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketDirectory;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.VersionGrants;
import dev.anvil.objects.VersionRecord;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Grants in the partitions of their buckets, with a bounded view in memory that follows each change
 * before it is acknowledged. A bucket's internal id is never reused, so what is remembered of one
 * that is gone harms nothing.
 */
public final class BucketExposures implements PublicGrants {
  private final BucketDirectory buckets;
  private final Partitions partitions;
  private final Map<Integer, Long> changedAt = new HashMap<>();
  private final Map<Long, Exposure> view =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Exposure> eldest) {
          return size() > ObjectLimits.CACHED_BUCKETS;
        }
      };

  /** Starts empty; buckets are read as they are asked for. */
  public BucketExposures(BucketDirectory buckets, Partitions partitions) {
    this.buckets = buckets;
    this.partitions = partitions;
  }

  @Override
  public Standing bucket(BucketName name) {
    BucketRef ref = buckets.at(name);
    return ref == null ? null : new Standing(ref.id(), ref.tenantId(), exposure(ref));
  }

  private Exposure exposure(BucketRef ref) {
    synchronized (view) {
      Exposure known = view.get(ref.id());
      if (known != null) {
        return known;
      }
    }
    record Seen(Exposure found, long revision) {}
    Seen seen =
        partitions
            .get(ref.partition())
            .read(tx -> new Seen(ExposureRecords.read(tx, ref.id()), tx.revision()));
    synchronized (view) {
      if (seen.revision() >= changedAt.getOrDefault(ref.partition().number(), 0L)) {
        view.putIfAbsent(ref.id(), seen.found());
      }
    }
    return seen.found();
  }

  /** Writes what a bucket grants from now on; readers see it when the transaction is durable. */
  void put(WriteTx tx, int partition, long bucketId, Exposure after) {
    byte[] key = ExposureRecords.key(bucketId);
    if (after.equals(Exposure.NOTHING)) {
      tx.delete(key);
    } else {
      tx.put(key, ExposureRecords.encode(after));
    }
    long revision = tx.revision();
    tx.onDurable(() -> {
      synchronized (view) {
        changedAt.merge(partition, revision, Math::max);
        view.put(bucketId, after);
      }
    });
  }

  @Override
  public ObjectStanding object(BucketName name, Standing bucket, ObjectKey key, String version) {
    BucketRef ref = buckets.at(name);
    if (ref == null || ref.id() != bucket.bucketId()) {
      return null;
    }
    try {
      return partitions.get(ref.partition()).read(tx -> standing(tx, ref, key, version));
    } catch (NotFound | WrongState | Invalid e) {
      // the bucket goes, or there is no such version id: to this caller there is nothing
      return null;
    }
  }

  private static ObjectStanding standing(ReadTx tx, BucketRef ref, ObjectKey key, String version) {
    KeyState state = KeyState.read(tx, BucketTx.readOpen(tx, ref), key);
    VersionRecord found = version == null ? state.live() : state.find(tx, version);
    if (found == null || found.marker()) {
      return null;
    }
    VersionGrants grants = found.grants();
    long owner = grants.owner() == 0 ? ref.tenantId() : grants.owner();
    return new ObjectStanding(found.id().text(), owner, grants.acl());
  }
}
