package dev.anvil.operations.backup;

import dev.anvil.ports.storage.CapturedSets;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.HeldState;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/** All records of a held state in order, a slice at a time. */
final class PartitionWalk {
  private final HeldState state;
  private byte[] after;
  private boolean ended;

  PartitionWalk(HeldState state) {
    this.state = state;
  }

  /** The next records; empty at the end. */
  List<Entry> next() {
    return ended ? List.of() : state.read(this::slice);
  }

  private List<Entry> slice(ReadTx tx) {
    List<Entry> entries = new ArrayList<>();
    KeyRange rest = after == null ? KeyRange.ALL : KeyRange.ALL.after(after);
    long bytes = 0;
    try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
      while (entries.size() < BackupLimits.SLICE_ENTRIES && bytes < BackupLimits.SLICE_BYTES) {
        if (!c.next()) {
          ended = true;
          return entries;
        }
        byte[] key = c.key().clone();
        after = key;
        // what waits to be archived is of this node alone
        if (!CapturedSets.isCaptured(key)) {
          byte[] value = c.value().clone();
          entries.add(new Entry(key, value));
          bytes += key.length + value.length;
        }
      }
    }
    return entries.isEmpty() ? slice(tx) : entries;
  }
}
