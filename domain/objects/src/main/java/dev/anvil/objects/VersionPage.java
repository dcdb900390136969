package dev.anvil.objects;

import dev.anvil.authz.Sight;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fills one page of versions by merging the current objects with the other versions, both in order
 * of keys: within a key the current object comes first, then the others from the newest down.
 */
final class VersionPage {
  private final BucketRecord bucket;
  private final byte[] prefix;
  private final byte[] delimiter;
  private final int limit;
  private final Sight sight;
  private final List<ObjectSummary> versions = new ArrayList<>();
  private final List<String> commonPrefixes = new ArrayList<>();
  private Place next;
  private byte[] shownKey;
  private long newestOfResumed;
  private byte[] shown;
  private byte[] asked;
  private boolean seen;
  private boolean done;

  /**
   * Where to go on.
   *
   * @param key first key to show
   * @param after of that key, only versions older than this cursor; 0 for all
   */
  record Place(byte[] key, long after) {}

  VersionPage(BucketRecord bucket, byte[] prefix, byte[] delimiter, int limit, Sight sight) {
    this.sight = sight;
    this.bucket = bucket;
    this.prefix = prefix;
    this.delimiter = delimiter;
    this.limit = limit;
  }

  List<ObjectSummary> versions() {
    return versions;
  }

  List<String> commonPrefixes() {
    return commonPrefixes;
  }

  /** Reads from the place on; returns where to go on, or null at the end. */
  Place read(ReadTx tx, Place from) {
    Place place = from;
    if (place.after() != 0) {
      // A key that the page before has begun: a later state may be its newest by now.
      shownKey = place.key();
      VersionRecord apart = newestApart(tx, place.key());
      boolean live = tx.get(ObjectsRecords.live(bucket.id(), place.key())) != null;
      newestOfResumed = live || apart == null ? 0 : apart.cursor();
    }
    while (true) {
      byte[] elsewhere = merge(tx, place);
      if (elsewhere == null) {
        return next;
      }
      place = new Place(elsewhere, 0);
    }
  }

  private VersionRecord newestApart(ReadTx tx, byte[] key) {
    KeyRange range = KeyRange.prefix(ObjectsRecords.versionsOfKey(bucket.id(), key));
    try (EntryCursor c = tx.scan(range, Order.ASCENDING)) {
      return c.next() ? VersionCodec.decode(c.value()) : null;
    }
  }

  private byte[] merge(ReadTx tx, Place place) {
    KeyRange lives =
        KeyRange.prefix(ObjectsRecords.live(bucket.id(), prefix))
            .startingAt(ObjectsRecords.live(bucket.id(), place.key()));
    KeyRange others =
        KeyRange.prefix(ObjectsRecords.versionsOfPrefix(bucket.id(), prefix))
            .startingAt(startApart(place));
    try (EntryCursor live = tx.scan(lives, Order.ASCENDING);
        EntryCursor apart = tx.scan(others, Order.ASCENDING)) {
      byte[] liveKey = nextLive(live);
      byte[] apartKey = nextApart(apart);
      while (liveKey != null || apartKey != null) {
        boolean takeLive =
            apartKey == null || liveKey != null && Arrays.compareUnsigned(liveKey, apartKey) <= 0;
        byte[] key = takeLive ? liveKey : apartKey;
        byte[] value = takeLive ? live.value() : apart.value();
        ObjectSummary version = VersionCodec.summary(key, value, false);
        if (!shownBefore(place, key, version)) {
          byte[] elsewhere = sees(key) ? show(key, version, takeLive) : hide(key);
          if (elsewhere != null || next != null || done) {
            return elsewhere;
          }
        }
        liveKey = takeLive ? nextLive(live) : liveKey;
        apartKey = takeLive ? apartKey : nextApart(apart);
      }
    }
    return null;
  }

  private byte[] startApart(Place place) {
    if (place.after() == 0) {
      return ObjectsRecords.versionsOfPrefix(bucket.id(), place.key());
    }
    byte[] last = ObjectsRecords.version(bucket.id(), place.key(), place.after());
    return Paging.after(last);
  }

  /** All versions of a key are seen or none: each key is asked for once. */
  private boolean sees(byte[] key) {
    if (!Arrays.equals(key, asked)) {
      asked = key;
      seen = sight.sees(key);
    }
    return seen;
  }

  /** Where to go on from a hidden key; null if the next entry is as good as any, or at the end. */
  private byte[] hide(byte[] key) {
    if (sight.spent()) {
      next = new Place(Paging.cut(shown), 0);
      return null;
    }
    byte[] seenNext = sight.next(key);
    done = seenNext == null;
    return seenNext;
  }

  /** Shows an entry, or returns where to go on from what it is rolled up to, or sets the next. */
  private byte[] show(byte[] key, ObjectSummary version, boolean live) {
    if (versions.size() + commonPrefixes.size() == limit) {
      next = new Place(key, Arrays.equals(key, shownKey) ? version.id().cursor() + 1 : 0);
      return null;
    }
    byte[] common = Paging.commonPrefix(key, prefix.length, delimiter);
    if (common != null) {
      commonPrefixes.add(LivePage.text(common));
      shown = KeyRange.successorOfPrefix(common);
      return shown;
    }
    boolean first = !Arrays.equals(key, shownKey);
    boolean current = live || first || version.id().cursor() == newestOfResumed;
    versions.add(version.current(current));
    shownKey = key;
    shown = Paging.after(key);
    return null;
  }

  /** A current object that the page before showed already, or that is newer than what it showed. */
  private static boolean shownBefore(Place place, byte[] key, ObjectSummary version) {
    return place.after() != 0
        && version.id().cursor() >= place.after()
        && Arrays.equals(key, place.key());
  }

  private static byte[] nextLive(EntryCursor c) {
    return c.next() ? ObjectsRecords.liveKey(c.key()) : null;
  }

  private static byte[] nextApart(EntryCursor c) {
    return c.next() ? ObjectsRecords.versionKey(c.key()) : null;
  }
}
