package dev.anvil.objects;

import dev.anvil.objects.rules.BucketRules;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.rules.NotificationRules;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where rules of buckets lie: what every access must know in the bucket's record, longer ones under
 * keys of their own, by kind, with the cursor of their newest change.
 */
public final class BucketRuleBook {
  private static final int FORMAT = 1;

  /** Kind of the progress of a bucket's lifecycle, beside the kinds of rules. */
  public static final int LIFECYCLE_PROGRESS = 3;

  private static final List<Integer> KINDS =
      List.of(LifecycleRules.KIND, NotificationRules.KIND, LIFECYCLE_PROGRESS);

  private BucketRuleBook() {}

  /**
   * Rules as they are stored.
   *
   * @param bucketId whose
   * @param cursor of their newest change
   * @param bytes their record
   */
  public record Stored(long bucketId, long cursor, byte[] bytes) {}

  /** Puts the bucket's record with these rules; gives the receipt of the change. */
  public static Receipt write(BucketTx b, BucketRules rules) {
    byte[] name = b.bucket().name().value().getBytes(StandardCharsets.US_ASCII);
    long cursor = b.append("bucket.updated", name, null, null, List.of());
    BucketRecord after = b.bucket().with(rules, cursor);
    b.tx().put(ObjectsRecords.bucket(after.id()), BucketCodec.encode(after));
    return b.receipt(null, null, false, false, null, 0, cursor);
  }

  /** Puts rules of a kind under the cursor of the entry about to be appended; null drops them. */
  public static void put(BucketTx b, int kind, byte[] bytes) {
    byte[] key = ObjectsRecords.rules(kind, b.bucket().id());
    if (bytes == null) {
      b.tx().delete(key);
    } else {
      long cursor = b.tx().nextCursor();
      b.tx().put(key, new RecordWriter(FORMAT).varint(cursor).blob(bytes).toBytes());
    }
  }

  /** Rules of a kind, or null. */
  public static Stored find(ReadTx tx, int kind, long bucketId) {
    byte[] value = tx.get(ObjectsRecords.rules(kind, bucketId));
    return value == null ? null : stored(bucketId, value);
  }

  /** Rules of a kind of the buckets after one, in the order of their ids. */
  public static List<Stored> after(ReadTx tx, int kind, long bucketId, int limit) {
    List<Stored> found = new ArrayList<>();
    KeyRange range =
        KeyRange.prefix(ObjectsRecords.rulesPrefix(kind))
            .after(ObjectsRecords.rules(kind, bucketId));
    try (EntryCursor c = tx.scan(range, Order.ASCENDING)) {
      while (found.size() < limit && c.next()) {
        KeyReader r = new KeyReader(c.key(), KeySpace.BUCKETS);
        r.u8();
        r.u8();
        found.add(stored(r.u64(), c.value()));
      }
    }
    return found;
  }

  private static Stored stored(long bucketId, byte[] value) {
    RecordReader r = new RecordReader(value, "rules of a bucket", FORMAT);
    return new Stored(bucketId, r.varint(), BucketCodec.required(r.blob(), "rules"));
  }

  /** The record of a bucket that serves, or null. */
  public static BucketRecord bucket(ReadTx tx, long bucketId) {
    byte[] value = tx.get(ObjectsRecords.bucket(bucketId));
    BucketRecord bucket = value == null ? null : BucketCodec.decode(value);
    return bucket == null || bucket.state() == BucketState.CLOSING ? null : bucket;
  }

  /** The lifecycle of a bucket, or null. */
  public static LifecycleRules lifecycle(ReadTx tx, BucketRecord bucket) {
    Stored found = bucket.rules().lifecycle() ? find(tx, LifecycleRules.KIND, bucket.id()) : null;
    return found == null ? null : LifecycleRules.of(found.bytes());
  }

  /** What a bucket tells of its changes. */
  public static NotificationRules notifications(ReadTx tx, BucketRecord bucket) {
    Stored found = bucket.rules().notifies() ? find(tx, NotificationRules.KIND, bucket.id()) : null;
    return NotificationRules.of(found == null ? null : found.bytes());
  }

  /** Drops everything that lies under keys of its own, with the bucket's key. */
  static void forget(WriteTx tx, long bucketId) {
    KINDS.forEach(kind -> tx.delete(ObjectsRecords.rules(kind, bucketId)));
    tx.delete(ObjectsRecords.bucketKey(bucketId));
  }
}
