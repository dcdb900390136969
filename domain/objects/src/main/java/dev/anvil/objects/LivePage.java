package dev.anvil.objects;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Fills one page of current objects: it passes what it shows and seeks over what it rolls up. */
final class LivePage {
  private final long bucketId;
  private final byte[] prefix;
  private final byte[] delimiter;
  private final int limit;
  private final Predicate<byte[]> visible;
  private final List<ObjectSummary> objects = new ArrayList<>();
  private final List<String> commonPrefixes = new ArrayList<>();

  /**
   * One page.
   *
   * @param visible which keys are shown; what is hidden leaves no trace
   */
  LivePage(long bucketId, byte[] prefix, byte[] delimiter, int limit, Predicate<byte[]> visible) {
    this.visible = visible;
    this.bucketId = bucketId;
    this.prefix = prefix;
    this.delimiter = delimiter;
    this.limit = limit;
  }

  List<ObjectSummary> objects() {
    return objects;
  }

  List<String> commonPrefixes() {
    return commonPrefixes;
  }

  /**
   * Reads from the key on.
   *
   * @return the key to go on from, or null at the end
   */
  byte[] read(ReadTx tx, byte[] from) {
    byte[] start = from;
    KeyRange all = KeyRange.prefix(ObjectsRecords.live(bucketId, prefix));
    while (true) {
      KeyRange rest = all.startingAt(ObjectsRecords.live(bucketId, start));
      byte[] rolledUp;
      try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
        rolledUp = pass(c);
      }
      if (rolledUp == null) {
        return next;
      }
      start = KeyRange.successorOfPrefix(rolledUp);
    }
  }

  private byte[] next;

  /** Passes entries up to one that is rolled up, whose common prefix it returns; else null. */
  private byte[] pass(EntryCursor c) {
    while (c.next()) {
      byte[] key = ObjectsRecords.liveKey(c.key());
      if (!visible.test(key)) {
        continue;
      }
      if (objects.size() + commonPrefixes.size() == limit) {
        next = key;
        return null;
      }
      byte[] common = Paging.commonPrefix(key, prefix.length, delimiter);
      if (common != null) {
        commonPrefixes.add(text(common));
        return common;
      }
      objects.add(summary(key, VersionCodec.decode(c.value()), true));
    }
    return null;
  }

  static String text(byte[] key) {
    return BucketCodec.guarded("object key", () -> ObjectKey.decode(key, "stored key"));
  }

  static ObjectSummary summary(byte[] key, VersionRecord v, boolean current) {
    return new ObjectSummary(
        text(key),
        v.id().text(),
        v.nullVersion(),
        current,
        v.marker(),
        v.size(),
        v.etag(),
        v.committedAt(),
        v.headers().contentType(),
        v.checksums().keySet(),
        v.grants().owner());
  }
}
