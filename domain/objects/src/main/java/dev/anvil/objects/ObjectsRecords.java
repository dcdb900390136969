package dev.anvil.objects;

import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import java.util.Arrays;

/** Keys of buckets and versions in a bucket's partition; docs/formats-objects.md lists them. */
final class ObjectsRecords {
  private static final int SETTINGS = 1;
  private static final int COUNTERS = 2;
  private static final int CLOSING = 3;
  private static final int GONE = 4;
  private static final int RULES = 0x11;
  private static final int KEYS = 0x12;
  private static final int RECEIPTS = 1;
  private static final int EXPIRIES = 2;

  /** Bytes of a LIVE or VERSIONS key before the object key: key space and bucket id. */
  static final int BUCKET_PREFIX = 1 + Long.BYTES;

  private ObjectsRecords() {}

  static byte[] bucket(long bucketId) {
    return new KeyWriter(KeySpace.BUCKETS).u8(SETTINGS).u64(bucketId).toBytes();
  }

  static byte[] counters(long bucketId) {
    return new KeyWriter(KeySpace.BUCKETS).u8(COUNTERS).u64(bucketId).toBytes();
  }

  static byte[] closingPrefix() {
    return new KeyWriter(KeySpace.BUCKETS).u8(CLOSING).toBytes();
  }

  static byte[] closing(long bucketId) {
    return new KeyWriter(KeySpace.BUCKETS).u8(CLOSING).u64(bucketId).toBytes();
  }

  static long closingBucket(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.BUCKETS);
    r.u8();
    return r.u64();
  }

  /** Rules of a kind under keys of their own, bucket by bucket. */
  static byte[] rulesPrefix(int kind) {
    return new KeyWriter(KeySpace.BUCKETS).u8(RULES).u8(kind).toBytes();
  }

  static byte[] rules(int kind, long bucketId) {
    return new KeyWriter(KeySpace.BUCKETS).u8(RULES).u8(kind).u64(bucketId).toBytes();
  }

  static byte[] bucketKeys() {
    return new KeyWriter(KeySpace.BUCKETS).u8(KEYS).toBytes();
  }

  static byte[] bucketKey(long bucketId) {
    return new KeyWriter(KeySpace.BUCKETS).u8(KEYS).u64(bucketId).toBytes();
  }

  static byte[] gonePrefix() {
    return new KeyWriter(KeySpace.BUCKETS).u8(GONE).toBytes();
  }

  static byte[] gone(long bucketId) {
    return new KeyWriter(KeySpace.BUCKETS).u8(GONE).u64(bucketId).toBytes();
  }

  /** With the start of a key behind it, a place in the bucket's current objects. */
  static byte[] live(long bucketId, byte[] key) {
    return new KeyWriter(KeySpace.LIVE).u64(bucketId).rest(key).toBytes();
  }

  static byte[] liveKey(byte[] stored) {
    return Arrays.copyOfRange(stored, BUCKET_PREFIX, stored.length);
  }

  static byte[] versions(long bucketId) {
    return new KeyWriter(KeySpace.VERSIONS).u64(bucketId).toBytes();
  }

  static byte[] versionsOfPrefix(long bucketId, byte[] keyPrefix) {
    return new KeyWriter(KeySpace.VERSIONS).u64(bucketId).partPrefix(keyPrefix).toBytes();
  }

  static byte[] versionsOfKey(long bucketId, byte[] key) {
    return new KeyWriter(KeySpace.VERSIONS).u64(bucketId).part(key).toBytes();
  }

  static byte[] version(long bucketId, byte[] key, long cursor) {
    return new KeyWriter(KeySpace.VERSIONS).u64(bucketId).part(key).u64Descending(cursor).toBytes();
  }

  static byte[] versionKey(byte[] stored) {
    KeyReader r = new KeyReader(stored, KeySpace.VERSIONS);
    r.u64();
    return r.part();
  }

  static byte[] inlineBody(long cursor) {
    return new KeyWriter(KeySpace.INLINE_BODIES).u64(cursor).toBytes();
  }

  static byte[] metadata(long cursor) {
    return new KeyWriter(KeySpace.METADATA).u64(cursor).toBytes();
  }

  static byte[] receiptsOf(long root) {
    return new KeyWriter(KeySpace.IDEMPOTENCY).u8(RECEIPTS).u64(root).toBytes();
  }

  static byte[] receipt(long root, byte[] hash) {
    return new KeyWriter(KeySpace.IDEMPOTENCY).u8(RECEIPTS).u64(root).rest(hash).toBytes();
  }

  static byte[] expiries() {
    return new KeyWriter(KeySpace.IDEMPOTENCY).u8(EXPIRIES).toBytes();
  }

  static byte[] expiry(long millis, long root, byte[] hash) {
    return new KeyWriter(KeySpace.IDEMPOTENCY)
        .u8(EXPIRIES)
        .u64(millis)
        .u64(root)
        .rest(hash)
        .toBytes();
  }
}
