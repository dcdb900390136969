package dev.anvil.objects;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks all states of a bucket's keys, markers included, in byte order of keys and newest first
 * within a key, in pages that resume inside a key.
 */
public final class VersionScan {
  private VersionScan() {}

  /**
   * Where a page starts.
   *
   * @param key first key
   * @param after of that key only states older than this cursor; 0 for all
   */
  public record Place(byte[] key, long after) {
    /** The beginning of a bucket. */
    public static final Place START = new Place(new byte[0], 0);
  }

  /** A state of a key. */
  public record Found(ObjectKey key, VersionRecord version) {}

  /**
   * A page.
   *
   * @param found states in order
   * @param next where the next page starts; null at the end
   */
  public record Page(List<Found> found, Place next) {
    /** Copies the list. */
    public Page {
      found = List.copyOf(found);
    }
  }

  /** Reads a page of at most so many states. */
  public static Page page(ReadTx tx, long bucketId, Place from, int limit) {
    KeyRange lives =
        KeyRange.prefix(ObjectsRecords.live(bucketId, new byte[0]))
            .startingAt(
                ObjectsRecords.live(
                    bucketId, from.after() == 0 ? from.key() : Paging.after(from.key())));
    KeyRange others =
        KeyRange.prefix(ObjectsRecords.versions(bucketId))
            .startingAt(
                from.after() == 0
                    ? ObjectsRecords.versionsOfPrefix(bucketId, from.key())
                    : Paging.after(ObjectsRecords.version(bucketId, from.key(), from.after())));
    List<Found> found = new ArrayList<>();
    try (EntryCursor live = tx.scan(lives, Order.ASCENDING);
        EntryCursor apart = tx.scan(others, Order.ASCENDING)) {
      byte[] liveKey = nextLive(live);
      byte[] apartKey = nextApart(apart);
      while (liveKey != null || apartKey != null) {
        if (found.size() == limit) {
          Found last = found.getLast();
          return new Page(found, new Place(last.key().utf8(), last.version().cursor()));
        }
        boolean takeLive =
            apartKey == null || liveKey != null && Arrays.compareUnsigned(liveKey, apartKey) <= 0;
        found.add(found(takeLive ? liveKey : apartKey, takeLive ? live.value() : apart.value()));
        liveKey = takeLive ? nextLive(live) : liveKey;
        apartKey = takeLive ? apartKey : nextApart(apart);
      }
    }
    return new Page(found, null);
  }

  private static Found found(byte[] key, byte[] value) {
    ObjectKey name = BucketCodec.guarded("object key", () -> ObjectKey.of(key));
    return new Found(name, VersionCodec.decode(value));
  }

  private static byte[] nextLive(EntryCursor c) {
    return c.next() ? ObjectsRecords.liveKey(c.key()) : null;
  }

  private static byte[] nextApart(EntryCursor c) {
    return c.next() ? ObjectsRecords.versionKey(c.key()) : null;
  }
}
