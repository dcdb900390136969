package dev.anvil.objects;

import dev.anvil.authz.KeysThere;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.Partitions;
import java.util.List;

/** Looks for keys in buckets: current objects, and whatever else of a name a bucket holds. */
public final class BucketKeys implements KeysThere {
  private final BucketDirectory buckets;
  private final Partitions partitions;
  private final List<BucketContents> contents;

  /**
   * Looks there.
   *
   * @param contents what buckets hold beside objects
   */
  public BucketKeys(BucketDirectory buckets, Partitions partitions, List<BucketContents> contents) {
    this.buckets = buckets;
    this.partitions = partitions;
    this.contents = List.copyOf(contents);
  }

  @Override
  public boolean there(long tenant, BucketName bucket, ObjectKey key) {
    NameRecord found = buckets.find(bucket);
    if (found == null || found.tenantId() != tenant) {
      return false;
    }
    return partitions
        .get(found.partition())
        .read(tx ->
            tx.get(ObjectsRecords.live(found.bucketId(), key.utf8())) != null
                || contents.stream().anyMatch(c -> c.holds(tx, found.bucketId(), key)));
  }
}
