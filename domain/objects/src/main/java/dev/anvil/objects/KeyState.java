package dev.anvil.objects;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;

/**
 * All that is known of one key inside a transaction.
 *
 * @param bucket its bucket
 * @param key the key
 * @param newest newest state, a marker included; null when the key has none
 */
public record KeyState(BucketRecord bucket, ObjectKey key, VersionRecord newest) {
  /** Reads the newest state: one record, or in a bucket that was ever versioned two. */
  public static KeyState read(ReadTx tx, BucketRecord bucket, ObjectKey key) {
    byte[] live = tx.get(ObjectsRecords.live(bucket.id(), key.utf8()));
    if (live != null) {
      return new KeyState(bucket, key, VersionCodec.decode(live));
    }
    VersionRecord marker = bucket.everVersioned() ? newestApart(tx, bucket, key) : null;
    if (marker != null && !marker.marker()) {
      throw new Corrupt(
          "the newest version of a key in bucket " + bucket.id() + " is not among the live ones");
    }
    return new KeyState(bucket, key, marker);
  }

  /** Newest version or marker under VERSIONS; null when there is none. */
  static VersionRecord newestApart(ReadTx tx, BucketRecord bucket, ObjectKey key) {
    KeyRange range = KeyRange.prefix(ObjectsRecords.versionsOfKey(bucket.id(), key.utf8()));
    try (EntryCursor c = tx.scan(range, Order.ASCENDING)) {
      return c.next() ? VersionCodec.decode(c.value()) : null;
    }
  }

  /** Whether the newest state is a marker and the only state of the key. */
  public boolean alone(ReadTx tx) {
    if (newest == null || !newest.marker()) {
      return false;
    }
    KeyRange range = KeyRange.prefix(ObjectsRecords.versionsOfKey(bucket.id(), key.utf8()));
    try (EntryCursor c = tx.scan(range, Order.ASCENDING)) {
      return c.next() && !c.next();
    }
  }

  /** The current version; null when there is none or the newest state is a marker. */
  public VersionRecord live() {
    return newest == null || newest.marker() ? null : newest;
  }

  /**
   * A version by the text of its id, {@code null} spelt out for the null version.
   *
   * @return the version or marker, or null
   * @throws dev.anvil.ports.failure.Invalid InvalidVersionId
   */
  public VersionRecord find(ReadTx tx, String version) {
    if (version.equals(VersionId.NULL_TEXT)) {
      return nullVersion(tx);
    }
    VersionId id = VersionId.parse(version);
    if (newest == null || newest.id().equals(id)) {
      return newest;
    }
    VersionRecord found = at(tx, id.cursor());
    return found != null && found.id().equals(id) ? found : null;
  }

  /** The null version or null marker of the key, or null. */
  public VersionRecord nullVersion(ReadTx tx) {
    if (newest == null || newest.nullVersion()) {
      return newest;
    }
    VersionRecord found = newest.nullCursor() == 0 ? null : at(tx, newest.nullCursor());
    return found != null && found.nullVersion() ? found : null;
  }

  private VersionRecord at(ReadTx tx, long cursor) {
    if (!bucket.everVersioned()) {
      return null;
    }
    byte[] value = tx.get(ObjectsRecords.version(bucket.id(), key.utf8(), cursor));
    return value == null ? null : VersionCodec.decode(value);
  }
}
