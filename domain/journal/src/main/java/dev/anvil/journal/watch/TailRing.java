package dev.anvil.journal.watch;

import dev.anvil.ports.journal.JournalEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest entries of a journal, bounded in number and bytes; not safe for threads. Consecutive:
 * it holds every entry from its first to its last.
 */
final class TailRing {
  private static final int ENTRY_OVERHEAD = 256;

  private final JournalEntry[] slots = new JournalEntry[WatchLimits.TAIL_ENTRIES];
  private long first;
  private long last;
  private long bytes;

  /** Empty, to go on after the cursor. */
  TailRing(long after) {
    clear(after);
  }

  void clear(long after) {
    Arrays.fill(slots, null);
    first = after + 1;
    last = after;
    bytes = 0;
  }

  void add(JournalEntry entry) {
    if (entry.cursor() != last + 1) {
      throw new IllegalStateException(
          "entry " + entry.cursor() + " does not follow " + last + " in the tail");
    }
    while (last - first + 1 >= slots.length
        || bytes > WatchLimits.TAIL_BYTES && first < entry.cursor()) {
      bytes -= weight(slots[slot(first)]);
      slots[slot(first++)] = null;
    }
    slots[slot(entry.cursor())] = entry;
    last = entry.cursor();
    bytes += weight(entry);
  }

  /** Entries after the cursor, ending with a commit; null if the cursor lies outside. */
  List<JournalEntry> after(long cursor, int limit) {
    if (cursor < first - 1 || cursor >= last) {
      return null;
    }
    List<JournalEntry> out = new ArrayList<>();
    long commit = -1;
    for (long at = cursor + 1; at <= last; at++) {
      JournalEntry entry = slots[slot(at)];
      if (out.size() >= limit && entry.commitId() != commit) {
        break;
      }
      commit = entry.commitId();
      out.add(entry);
    }
    return out;
  }

  private int slot(long cursor) {
    return (int) (cursor % slots.length);
  }

  private static long weight(JournalEntry entry) {
    return ENTRY_OVERHEAD + entry.change().subject().length;
  }
}
