package dev.anvil.objects;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Partition;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Walks a part list chunk by chunk, each in a short snapshot of its own; the list is pinned. */
final class ListedSlices implements Iterator<BodySlice> {
  private final Partition partition;
  private final VersionBody.Listed list;
  private Iterator<BodySlice> chunk = Collections.emptyIterator();
  private int nextChunk;
  private int taken;

  ListedSlices(Partition partition, VersionBody.Listed list) {
    this.partition = partition;
    this.list = list;
  }

  @Override
  public boolean hasNext() {
    return taken < list.count();
  }

  @Override
  public BodySlice next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the list has " + list.count() + " slices");
    }
    if (!chunk.hasNext()) {
      chunk = read(nextChunk++);
    }
    taken++;
    return chunk.next();
  }

  private Iterator<BodySlice> read(int number) {
    byte[] value = partition.read(tx -> tx.get(PartLists.key(list.listId(), number)));
    if (value == null) {
      throw new Corrupt("chunk " + number + " of part list " + list.listId() + " is lost");
    }
    Iterator<BodySlice> slices = PartLists.decode(value).iterator();
    if (!slices.hasNext()) {
      throw new Corrupt("chunk " + number + " of part list " + list.listId() + " is empty");
    }
    return slices;
  }
}
