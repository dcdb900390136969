package dev.anvil.operations.backup;

import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.PartitionHead;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Puts the records of one partition into chunks. A chunk that the snapshot before has under the
 * same first key with the same hash is shared with it.
 */
final class PartitionCopying {
  private final PartitionHead head;
  private final PartitionWalk walk;
  private final Iterator<ChunkEntry> before;
  private final PackWriter packs;
  private final ListWriter<ChunkEntry> list;
  private final Consumer<Entry> seen;
  private ChunkEntry candidate;
  private Chunk open;
  private long records;

  PartitionCopying(
      PartitionHead head,
      PartitionWalk walk,
      Iterator<ChunkEntry> before,
      PackWriter packs,
      ListWriter<ChunkEntry> list,
      Consumer<Entry> seen) {
    this.head = head;
    this.walk = walk;
    this.before = before;
    this.packs = packs;
    this.list = list;
    this.seen = seen;
  }

  /** Copies a slice; false when there was none left. */
  boolean step() {
    var slice = walk.next();
    for (Entry e : slice) {
      seen.accept(e);
      if (open == null) {
        open = new Chunk(e.key());
      }
      if (open.add(e.key(), e.value())) {
        close();
      }
    }
    if (slice.isEmpty() && open != null) {
      close();
    }
    return !slice.isEmpty();
  }

  private void close() {
    byte[] bytes = open.toBytes();
    byte[] hash = BackupFiles.sha256(bytes);
    BlobRef shared = shared(open.firstKey(), hash);
    BlobRef blob = shared != null ? shared : packs.add(bytes, hash, true);
    list.add(new ChunkEntry(open.firstKey(), open.count(), blob), Keys.hash(open.firstKey()));
    records += open.count();
    open = null;
  }

  private BlobRef shared(byte[] firstKey, byte[] hash) {
    while (candidate == null || Arrays.compareUnsigned(candidate.firstKey(), firstKey) < 0) {
      if (!before.hasNext()) {
        return null;
      }
      candidate = before.next();
    }
    return Arrays.equals(candidate.firstKey(), firstKey)
            && Arrays.equals(candidate.blob().hash(), hash)
        ? candidate.blob()
        : null;
  }

  /** What the manifest says of it, once no step is left. */
  Manifest.PartitionPart part() {
    return new Manifest.PartitionPart(head, records, list.finish());
  }
}
