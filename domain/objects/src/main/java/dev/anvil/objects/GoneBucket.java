package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;

/**
 * Whose a deleted bucket was: kept as long as the journal may hold entries of it, so that they can
 * still be shown to whom they belong, and to nobody else.
 *
 * @param name its name then
 * @param tenantId its owner
 * @param deleted cursor of its last entry
 */
record GoneBucket(BucketName name, long tenantId, long deleted) {
  void put(WriteTx tx, long bucketId) {
    RecordWriter w = new RecordWriter(1).text(name.value()).varint(tenantId).varint(deleted);
    tx.put(ObjectsRecords.gone(bucketId), w.toBytes());
  }

  static GoneBucket read(ReadTx tx, long bucketId) {
    byte[] value = tx.get(ObjectsRecords.gone(bucketId));
    return value == null ? null : decode(value);
  }

  static GoneBucket decode(byte[] value) {
    RecordReader r = new RecordReader(value, "deleted bucket", 1);
    return BucketCodec.guarded(
        "deleted bucket",
        () ->
            new GoneBucket(
                new BucketName(BucketCodec.required(r.text(), "name")), r.varint(), r.varint()));
  }
}
