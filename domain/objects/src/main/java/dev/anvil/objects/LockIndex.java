package dev.anvil.objects;

import dev.anvil.objects.rules.Retention;
import dev.anvil.objects.rules.VersionLock;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;

/**
 * Locked versions of a bucket by what locks them, so that one look tells whether anything in it is
 * still locked, however many versions it has.
 */
final class LockIndex {
  private static final int LOCKS = 0x10;
  private static final int HELD = 1;
  private static final int RETAINED = 2;
  private static final byte[] HERE = {1};

  private LockIndex() {}

  /** Replaces what is noted of a version. */
  static void change(
      WriteTx tx, long bucket, byte[] key, long cursor, VersionLock before, VersionLock after) {
    if (before.held()) {
      tx.delete(held(bucket, key, cursor));
    }
    if (before.retention() != null) {
      tx.delete(retained(bucket, before.retention(), key, cursor));
    }
    if (after.held()) {
      tx.put(held(bucket, key, cursor), HERE);
    }
    if (after.retention() != null) {
      tx.put(retained(bucket, after.retention(), key, cursor), HERE);
    }
  }

  /** Whether any version is held, or retained beyond the instant. Two scans. */
  static boolean anyLocked(ReadTx tx, long bucket, Instant now) {
    try (EntryCursor c =
        tx.scan(KeyRange.prefix(start(bucket).u8(HELD).toBytes()), Order.ASCENDING)) {
      if (c.next()) {
        return true;
      }
    }
    byte[] retained = start(bucket).u8(RETAINED).toBytes();
    try (EntryCursor c = tx.scan(KeyRange.prefix(retained), Order.DESCENDING)) {
      if (!c.next()) {
        return false;
      }
      KeyReader r = new KeyReader(c.key(), KeySpace.BUCKETS);
      r.u8();
      r.u64();
      r.u8();
      return Instant.ofEpochMilli(r.u64()).isAfter(now);
    }
  }

  private static byte[] held(long bucket, byte[] key, long cursor) {
    return start(bucket).u8(HELD).part(key).u64(cursor).toBytes();
  }

  private static byte[] retained(long bucket, Retention retention, byte[] key, long cursor) {
    long until = Math.max(0, retention.until().toEpochMilli());
    return start(bucket).u8(RETAINED).u64(until).part(key).u64(cursor).toBytes();
  }

  private static KeyWriter start(long bucket) {
    return new KeyWriter(KeySpace.BUCKETS).u8(LOCKS).u64(bucket);
  }
}
