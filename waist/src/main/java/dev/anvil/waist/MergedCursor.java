package dev.anvil.waist;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * Changes laid over a cursor, both in the same order: a change hides the entry of its key below,
 * and one with a null value is a delete.
 */
final class MergedCursor implements EntryCursor {
  private final EntryCursor below;
  private final Iterator<Map.Entry<byte[], byte[]>> changes;
  private final boolean ascending;
  private boolean started;
  private boolean belowLeft;
  private Map.Entry<byte[], byte[]> change;

  /** The current entry is the change's, otherwise the one below. */
  private boolean onChange;

  /** Both stand at the same key. */
  private boolean onBoth;

  MergedCursor(EntryCursor below, Iterator<Map.Entry<byte[], byte[]>> changes, Order order) {
    this.below = below;
    this.changes = changes;
    this.ascending = order == Order.ASCENDING;
  }

  @Override
  public boolean next() {
    advance();
    while (belowLeft || change != null) {
      int c = compare();
      onChange = c >= 0;
      onBoth = c == 0;
      if (!onChange || change.getValue() != null) {
        return true;
      }
      advance();
    }
    return false;
  }

  /** Moves past the current entry: the side it came from, or both. */
  private void advance() {
    boolean moveBelow = !started || !onChange || onBoth;
    boolean moveChange = !started || onChange;
    if (moveBelow && (belowLeft || !started)) {
      belowLeft = below.next();
    }
    if (moveChange) {
      change = changes.hasNext() ? changes.next() : null;
    }
    started = true;
  }

  /** Negative when the entry below comes first, positive when the change does. */
  private int compare() {
    if (!belowLeft || change == null) {
      return belowLeft ? -1 : 1;
    }
    int c = Arrays.compareUnsigned(below.key(), change.getKey());
    return ascending ? c : -c;
  }

  @Override
  public byte[] key() {
    return onChange ? change.getKey() : below.key();
  }

  @Override
  public byte[] value() {
    return onChange ? change.getValue() : below.value();
  }

  @Override
  public void close() {
    below.close();
  }
}
