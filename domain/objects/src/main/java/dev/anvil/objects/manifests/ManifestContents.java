package dev.anvil.objects.manifests;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketContents;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/** Removes the manifests of a closing bucket. */
public final class ManifestContents implements BucketContents {
  /** Knows what manifests a bucket holds. */
  public ManifestContents() {}

  @Override
  public boolean holds(ReadTx tx, long bucketId, ObjectKey name) {
    return tx.get(ManifestHead.key(bucketId, name)) != null;
  }

  @Override
  public BucketCounters counted(ReadTx tx, long bucketId) {
    long manifests = 0;
    long bytes = 0;
    try (EntryCursor c = tx.scan(ManifestHead.keys(bucketId, new byte[0]), Order.ASCENDING)) {
      while (c.next()) {
        manifests++;
        bytes += ManifestHead.of(c.value()).size();
      }
    }
    return BucketCounters.ofOthers(manifests, 0, bytes);
  }

  @Override
  public boolean drain(BucketTx b) {
    List<Entry> found = new ArrayList<>();
    try (EntryCursor c =
        b.tx().scan(ManifestHead.keys(b.bucket().id(), new byte[0]), Order.ASCENDING)) {
      while (found.size() < ObjectLimits.DRAIN_RECORDS && c.next()) {
        found.add(new Entry(c.key(), c.value()));
      }
    }
    for (Entry e : found) {
      remove(b, ManifestHead.nameOf(e.key()), ManifestHead.of(e.value()));
    }
    return !found.isEmpty();
  }

  /** Removes a manifest with its content. */
  static Receipt remove(BucketTx b, ObjectKey name, ManifestHead head) {
    b.count(BucketCounters.ofOthers(-1, 0, -head.size()));
    NamedChange change = NamedChange.of(name, Long.toString(head.revision()));
    long cursor = change.append(b, "manifest.delete");
    b.tx().delete(ManifestHead.key(b.bucket().id(), name));
    b.tx().delete(ManifestHead.content(head.cursor()));
    return change.receipt(b, cursor);
  }
}
