package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;

/**
 * What the directory has handed to a bucket of its tenant's quota, and the sum of a tenant.
 *
 * @param bucket which
 * @param allowance what was handed to it
 */
record Grant(BucketRef bucket, Allowance allowance) {
  private static final int BY_TENANT = 5;
  private static final int SUM = 6;

  static byte[] prefix(long tenantId) {
    return new KeyWriter(KeySpace.BUCKET_NAMES).u8(BY_TENANT).u64(tenantId).toBytes();
  }

  static byte[] key(long tenantId, long bucketId) {
    return new KeyWriter(KeySpace.BUCKET_NAMES).u8(BY_TENANT).u64(tenantId).u64(bucketId).toBytes();
  }

  static byte[] sumKey(long tenantId) {
    return new KeyWriter(KeySpace.BUCKET_NAMES).u8(SUM).u64(tenantId).toBytes();
  }

  byte[] encode() {
    RecordWriter out =
        new RecordWriter(1)
            .i64(bucket.id())
            .varint(bucket.tenantId())
            .text(bucket.name().value())
            .varint(bucket.partition().number());
    allowance.write(out);
    return out.toBytes();
  }

  static Grant decode(byte[] value) {
    RecordReader in = new RecordReader(value, "grant of quota", 1);
    return BucketCodec.guarded(
        "grant of quota",
        () -> {
          long id = in.i64();
          long tenantId = in.varint();
          BucketName name = new BucketName(BucketCodec.required(in.text(), "name"));
          PartitionId home = new PartitionId(in.count(PartitionId.MAX_PARTITIONS - 1));
          return new Grant(new BucketRef(name, id, home, tenantId), Allowance.read(in));
        });
  }

  /** The bucket's, or null. */
  static Grant find(ReadTx tx, BucketRef bucket) {
    byte[] value = tx.get(key(bucket.tenantId(), bucket.id()));
    return value == null ? null : decode(value);
  }

  /** Sum of what all buckets of the tenant were handed. */
  static Allowance sum(ReadTx tx, long tenantId) {
    byte[] value = tx.get(sumKey(tenantId));
    return value == null
        ? Allowance.NOTHING
        : Allowance.read(new RecordReader(value, "sum of grants of quota", 1));
  }

  /** Hands the bucket so much instead of what it has; null ends what it has. */
  static void put(WriteTx tx, BucketRef bucket, Allowance next) {
    Grant was = find(tx, bucket);
    Allowance had = was == null ? Allowance.NOTHING : was.allowance();
    Allowance has = next == null ? Allowance.NOTHING : next;
    byte[] key = key(bucket.tenantId(), bucket.id());
    if (next == null) {
      tx.delete(key);
    } else {
      tx.put(key, new Grant(bucket, next).encode());
    }
    Allowance sum = sum(tx, bucket.tenantId());
    long objects = sum.objects() - had.objects() + has.objects();
    long bytes = sum.bytes() - had.bytes() + has.bytes();
    if (objects == 0 && bytes == 0) {
      tx.delete(sumKey(bucket.tenantId()));
    } else {
      RecordWriter out = new RecordWriter(1);
      new Allowance(objects, bytes, 0).write(out);
      tx.put(sumKey(bucket.tenantId()), out.toBytes());
    }
  }
}
