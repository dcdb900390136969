package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;

/**
 * A finished try as it is remembered.
 *
 * @param fingerprint what it did
 * @param expiresAt when it is forgotten
 * @param receipt its receipt, or null where it found nothing to do
 */
record Idempotency(byte[] fingerprint, Instant expiresAt, Receipt receipt) {

  /** The finished try with the attempt's key, unless it expired. */
  static Idempotency find(ReadTx tx, Attempt attempt, Instant now) {
    byte[] value = tx.get(ObjectsRecords.receipt(attempt.root(), attempt.hash()));
    if (value == null) {
      return null;
    }
    Idempotency found = decode(value);
    return now.isBefore(found.expiresAt()) ? found : null;
  }

  /** Remembers the attempt in its own commit. */
  static void remember(WriteTx tx, Attempt attempt, byte[] fingerprint, Receipt receipt) {
    long expires = tx.committedAt().plus(ObjectLimits.IDEMPOTENCY_RETENTION).toEpochMilli();
    Idempotency done = new Idempotency(fingerprint, Instant.ofEpochMilli(expires), receipt);
    tx.put(ObjectsRecords.receipt(attempt.root(), attempt.hash()), done.encode());
    tx.put(
        ObjectsRecords.expiry(expires, attempt.root(), attempt.hash()),
        new RecordWriter(1).toBytes());
  }

  /** Refuses another content under the same key. */
  void requireSame(byte[] other) {
    if (!MessageDigest.isEqual(fingerprint, other)) {
      throw new Conflict(
          Conflict.Reason.IDEMPOTENCY_MISMATCH,
          "this idempotency key was used for another operation, target or content; use a new key");
    }
  }

  byte[] encode() {
    RecordWriter w = new RecordWriter(1);
    w.blob(fingerprint).i64(expiresAt.toEpochMilli()).flag(receipt != null);
    if (receipt != null) {
      w.text(receipt.bucket().value()).text(receipt.key()).text(receipt.version());
      w.flag(receipt.nullVersion()).flag(receipt.deleteMarker()).text(receipt.etag());
      w.varint(receipt.size()).blob(receipt.sha256()).varint(receipt.parts());
      w.varint(receipt.partition()).varint(receipt.cursor()).varint(receipt.authzRevision());
      w.text(receipt.requestId()).i64(receipt.committedAt().toEpochMilli());
      w.flag(receipt.versioned());
    }
    return w.toBytes();
  }

  static Idempotency decode(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "idempotency record", 1);
    return BucketCodec.guarded(
        "idempotency record",
        () ->
            new Idempotency(
                BucketCodec.required(r.blob(), "fingerprint"),
                Instant.ofEpochMilli(r.i64()),
                r.flag() ? readReceipt(r) : null));
  }

  private static Receipt readReceipt(RecordReader r) {
    return new Receipt(
        new BucketName(BucketCodec.required(r.text(), "bucket")),
        r.text(),
        r.text(),
        r.flag(),
        r.flag(),
        r.text(),
        r.varint(),
        r.blob(),
        r.count(Integer.MAX_VALUE),
        r.count(Integer.MAX_VALUE),
        r.varint(),
        r.varint(),
        r.text(),
        Instant.ofEpochMilli(r.i64()),
        r.hasMore() && r.flag(),
        Map.of());
  }
}
