package dev.anvil.objects;

import dev.anvil.authz.Sight;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/** Fills one page of current objects: it passes what it shows and seeks over what it rolls up. */
final class LivePage {
  private final long bucketId;
  private final byte[] prefix;
  private final byte[] delimiter;
  private final int limit;
  private final Sight sight;
  private final List<ObjectSummary> objects = new ArrayList<>();
  private final List<String> commonPrefixes = new ArrayList<>();

  /**
   * One page.
   *
   * @param sight which keys are shown; what is hidden leaves no trace
   */
  LivePage(long bucketId, byte[] prefix, byte[] delimiter, int limit, Sight sight) {
    this.sight = sight;
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
      try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
        start = pass(c);
      }
      if (start == null) {
        return next;
      }
    }
  }

  private byte[] next;
  private byte[] shown;

  /** Passes entries; returns the key to go on from elsewhere, or null when the page is done. */
  private byte[] pass(EntryCursor c) {
    while (c.next()) {
      byte[] key = ObjectsRecords.liveKey(c.key());
      if (!sight.sees(key)) {
        if (sight.spent()) {
          next = Paging.cut(shown);
          return null;
        }
        byte[] seen = sight.next(key);
        if (seen == null || seen.length != key.length + 1) {
          return seen;
        }
        continue;
      }
      if (objects.size() + commonPrefixes.size() == limit) {
        next = key;
        return null;
      }
      byte[] common = Paging.commonPrefix(key, prefix.length, delimiter);
      if (common != null) {
        commonPrefixes.add(text(common));
        shown = KeyRange.successorOfPrefix(common);
        return shown;
      }
      shown = Paging.after(key);
      objects.add(VersionCodec.summary(key, c.value(), true));
    }
    return null;
  }

  static String text(byte[] key) {
    return BucketCodec.guarded("object key", () -> ObjectKey.decode(key, "stored key"));
  }
}
