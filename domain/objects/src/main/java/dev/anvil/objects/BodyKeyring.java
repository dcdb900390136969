package dev.anvil.objects;

import dev.anvil.objects.rules.BucketRules;
import dev.anvil.objects.sealing.BodyKeys;
import dev.anvil.objects.sealing.CustomerKey;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.objects.sealing.SealWish;
import dev.anvil.objects.sealing.Sealing;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Partition;

/** Keys of encrypted bodies by the bucket they lie in; a bucket's own key is made when needed. */
public final class BodyKeyring {
  private final ObjectServices services;

  /** Works on these services. */
  public BodyKeyring(ObjectServices services) {
    this.services = services;
  }

  /** A key for new bytes, or null if they stay plain. */
  public DataKey forWrite(BucketRef bucket, BucketRules rules, SealWish wish) {
    return keys().forWrite(wish, rules.sealed(), () -> ofBucket(bucket, true));
  }

  /** The same by the rules of the bucket as they are now; one read. */
  public DataKey forWrite(BucketRef bucket, SealWish wish) {
    BucketRules rules = home(bucket).read(tx -> BucketTx.readOpen(tx, bucket).rules());
    return forWrite(bucket, rules, wish);
  }

  /** The key of stored bytes; null if they are plain. See {@link BodyKeys#open}. */
  public DataKey open(BucketRef bucket, Sealing sealing, CustomerKey customer) {
    return keys().open(sealing, customer, () -> ofBucket(bucket, false));
  }

  private byte[] ofBucket(BucketRef bucket, boolean make) {
    byte[] key = ObjectsRecords.bucketKey(bucket.id());
    byte[] found = home(bucket).read(tx -> tx.get(key));
    if (found == null && make) {
      found =
          home(bucket)
              .write(tx -> {
                BucketTx.readOpen(tx, bucket);
                byte[] there = tx.get(key);
                if (there != null) {
                  return there;
                }
                // sealed in here: whoever drops an envelope key waits for the commits before it
                byte[] fresh = keys().newBucketKey(bucket.id());
                tx.put(key, fresh);
                return fresh;
              })
              .value();
    }
    if (found == null) {
      throw new Corrupt("the key of bucket " + bucket.id() + " is lost");
    }
    return keys().openBucketKey(bucket.id(), found);
  }

  private BodyKeys keys() {
    return services.guards().keys();
  }

  private Partition home(BucketRef bucket) {
    return services.partitions().get(bucket.partition());
  }
}
