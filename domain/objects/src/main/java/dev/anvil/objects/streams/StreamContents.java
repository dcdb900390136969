package dev.anvil.objects.streams;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketContents;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.Garbage;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/** Removes the streams of a closing bucket. */
public final class StreamContents implements BucketContents {
  /** Knows what streams a bucket holds. */
  public StreamContents() {}

  @Override
  public boolean holds(ReadTx tx, long bucketId, ObjectKey name) {
    return tx.get(StreamRecords.head(bucketId, name)) != null;
  }

  @Override
  public BucketCounters counted(ReadTx tx, long bucketId) {
    long streams = 0;
    long bytes = 0;
    try (EntryCursor c = tx.scan(StreamRecords.heads(bucketId, new byte[0]), Order.ASCENDING)) {
      while (c.next()) {
        streams++;
        bytes += StreamHead.of(c.value()).bytes();
      }
    }
    return BucketCounters.ofOthers(0, streams, bytes);
  }

  @Override
  public boolean drain(BucketTx b) {
    List<Entry> found = new ArrayList<>();
    try (EntryCursor c =
        b.tx().scan(StreamRecords.heads(b.bucket().id(), new byte[0]), Order.ASCENDING)) {
      while (found.size() < ObjectLimits.DRAIN_RECORDS && c.next()) {
        found.add(new Entry(c.key(), c.value()));
      }
    }
    for (Entry e : found) {
      remove(b, StreamRecords.keyOfHead(e.key()), StreamHead.of(e.value()));
    }
    return !found.isEmpty();
  }

  /** Removes a stream; its blocks are left to the sweep. */
  static Receipt remove(BucketTx b, ObjectKey name, StreamHead head) {
    b.count(BucketCounters.ofOthers(0, -1, -head.bytes()));
    NamedChange change = NamedChange.of(name, Long.toString(head.records()));
    long cursor = change.append(b, "stream.delete");
    b.tx().delete(StreamRecords.head(b.bucket().id(), name));
    b.leave(new Garbage.Keys(StreamRecords.blocks(head.id())));
    return change.receipt(b, cursor);
  }
}
