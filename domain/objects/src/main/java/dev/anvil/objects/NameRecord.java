package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.PartitionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A bucket name in the directory.
 *
 * @param bucketId internal id
 * @param partition home of the bucket
 * @param tenantId owner
 * @param owner owner's name
 * @param createdAt whole milliseconds
 * @param settings settings at creation; later ones are in the bucket's partition
 * @param creating whether the bucket's own record may not be there yet
 * @param governor while creating: who owns it under relationships; null if scopes alone decide
 * @param metered whether its tenant had a quota when the name was claimed
 */
record NameRecord(
    long bucketId,
    PartitionId partition,
    long tenantId,
    String owner,
    Instant createdAt,
    BucketSettings settings,
    boolean creating,
    String governor,
    boolean metered) {
  private static final int BY_NAME = 1;
  private static final int BY_TENANT = 2;
  private static final int UNFINISHED = 3;
  private static final int LOAD = 4;

  BucketRef ref(BucketName name) {
    return new BucketRef(name, bucketId, partition, tenantId);
  }

  /** The bucket's own record at its creation. */
  BucketRecord bucket(BucketName name, long cursor) {
    boolean versioned = settings.versioning() != Versioning.UNVERSIONED;
    return new BucketRecord(
        bucketId,
        name,
        tenantId,
        owner,
        createdAt,
        settings,
        versioned,
        BucketState.OPEN,
        cursor,
        metered ? Allowance.NOTHING : Allowance.UNMETERED);
  }

  BucketSummary summary(BucketName name) {
    return new BucketSummary(name, owner, settings.region(), createdAt);
  }

  NameRecord finished() {
    return new NameRecord(
        bucketId, partition, tenantId, owner, createdAt, settings, false, null, metered);
  }

  byte[] encode() {
    RecordWriter w = new RecordWriter(1);
    w.i64(bucketId).varint(partition.number()).varint(tenantId).text(owner);
    w.i64(createdAt.toEpochMilli());
    BucketCodec.writeSettings(w, settings);
    w.flag(creating);
    if (metered) {
      return w.text(governor).flag(true).toBytes();
    }
    return governor == null ? w.toBytes() : w.text(governor).toBytes();
  }

  static NameRecord decode(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    RecordReader r = new RecordReader(bytes, "bucket name record", 1);
    return BucketCodec.guarded(
        "bucket name record",
        () ->
            new NameRecord(
                r.i64(),
                new PartitionId(r.count(PartitionId.MAX_PARTITIONS - 1)),
                r.varint(),
                BucketCodec.required(r.text(), "owner"),
                Instant.ofEpochMilli(r.i64()),
                BucketCodec.readSettings(r),
                r.flag(),
                r.hasMore() ? r.text() : null,
                r.hasMore() && r.flag()));
  }

  static byte[] key(BucketName name) {
    return new KeyWriter(KeySpace.BUCKET_NAMES).u8(BY_NAME).rest(ascii(name)).toBytes();
  }

  static byte[] tenantPrefix(long tenantId) {
    return new KeyWriter(KeySpace.BUCKET_NAMES).u8(BY_TENANT).u64(tenantId).toBytes();
  }

  static byte[] tenantKey(long tenantId, BucketName name) {
    return new KeyWriter(KeySpace.BUCKET_NAMES)
        .u8(BY_TENANT)
        .u64(tenantId)
        .rest(ascii(name))
        .toBytes();
  }

  static byte[] unfinishedPrefix() {
    return new KeyWriter(KeySpace.BUCKET_NAMES).u8(UNFINISHED).toBytes();
  }

  static byte[] unfinishedKey(BucketName name) {
    return new KeyWriter(KeySpace.BUCKET_NAMES).u8(UNFINISHED).rest(ascii(name)).toBytes();
  }

  static byte[] loadKey() {
    return new KeyWriter(KeySpace.BUCKET_NAMES).u8(LOAD).toBytes();
  }

  /** The name in a key that starts with the prefix. */
  static BucketName nameAfter(byte[] key, int prefixLength) {
    String text =
        new String(key, prefixLength, key.length - prefixLength, StandardCharsets.US_ASCII);
    return BucketCodec.guarded("bucket name key", () -> new BucketName(text));
  }

  private static byte[] ascii(BucketName name) {
    return name.value().getBytes(StandardCharsets.US_ASCII);
  }
}
