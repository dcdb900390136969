package dev.anvil.objects;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.ArrayList;
import java.util.List;

/** Removes versions of a closing bucket, oldest of a key first so that none is promoted. */
final class BucketDrain {
  private final BucketTx b;

  BucketDrain(BucketTx b) {
    this.b = b;
  }

  /** Removes up to {@link ObjectLimits#DRAIN_RECORDS} versions; whether more may be left. */
  boolean step() {
    List<Found> found = new ArrayList<>();
    KeyRange apart = KeyRange.prefix(ObjectsRecords.versions(b.bucket().id()));
    try (EntryCursor c = b.tx().scan(apart, Order.DESCENDING)) {
      while (found.size() < ObjectLimits.DRAIN_RECORDS && c.next()) {
        found.add(found(ObjectsRecords.versionKey(c.key()), c.value()));
      }
    }
    if (found.isEmpty()) {
      KeyRange live = KeyRange.prefix(ObjectsRecords.live(b.bucket().id(), new byte[0]));
      try (EntryCursor c = b.tx().scan(live, Order.ASCENDING)) {
        while (found.size() < ObjectLimits.DRAIN_RECORDS && c.next()) {
          found.add(found(ObjectsRecords.liveKey(c.key()), c.value()));
        }
      }
    }
    Versions versions = new Versions(b);
    for (Found f : found) {
      versions.remove(b.key(f.key()), f.version());
    }
    return !found.isEmpty();
  }

  private record Found(ObjectKey key, VersionRecord version) {}

  private static Found found(byte[] key, byte[] value) {
    ObjectKey name = BucketCodec.guarded("object key", () -> ObjectKey.of(key));
    return new Found(name, VersionCodec.decode(value));
  }
}
