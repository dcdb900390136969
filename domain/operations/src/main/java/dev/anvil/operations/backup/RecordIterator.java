package dev.anvil.operations.backup;

import dev.anvil.ports.storage.Entry;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Records of a partition out of its chunks, in order and all of them. */
final class RecordIterator implements Iterator<Entry> {
  private final String snapshot;
  private final int partition;
  private final Manifest.PartitionPart part;
  private final Iterator<ChunkEntry> chunks;
  private final BlobReader blobs;
  private Iterator<Entry> open = Collections.emptyIterator();
  private byte[] last;
  private long count;

  RecordIterator(
      String snapshot,
      int partition,
      Manifest.PartitionPart part,
      Iterator<ChunkEntry> chunks,
      BlobReader blobs) {
    this.snapshot = snapshot;
    this.partition = partition;
    this.part = part;
    this.chunks = chunks;
    this.blobs = blobs;
  }

  @Override
  public boolean hasNext() {
    while (!open.hasNext() && chunks.hasNext()) {
      ChunkEntry chunk = chunks.next();
      open = Chunk.decode(blobs.read(chunk.blob(), Chunk.MAX_BYTES), chunk).iterator();
    }
    if (!open.hasNext() && count != part.records()) {
      throw BackupFiles.damaged(
          BackupFiles.snapshot(snapshot),
          "names " + part.records() + " records of partition " + partition + ", found " + count);
    }
    return open.hasNext();
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the records have ended");
    }
    Entry e = open.next();
    if (last != null && Arrays.compareUnsigned(e.key(), last) <= 0) {
      throw BackupFiles.damaged(
          BackupFiles.snapshot(snapshot),
          "holds records of partition " + partition + " out of order");
    }
    last = e.key();
    count++;
    return e;
  }
}
