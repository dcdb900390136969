package dev.anvil.waist;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WaistLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Journal pages read from blocks: one seek and the blocks the page touches. */
final class JournalPages {
  static final KeyRange BLOCKS = KeyRange.prefix(new byte[] {(byte) KeySpace.JOURNAL.prefix()});

  private JournalPages() {}

  static JournalPage read(ReadTx tx, Stamp stamp, long after, int limit) {
    if (limit < 1 || limit > WaistLimits.MAX_JOURNAL_PAGE) {
      throw new IllegalArgumentException(
          "journal page of " + limit + " is outside 1.." + WaistLimits.MAX_JOURNAL_PAGE);
    }
    if (after < stamp.oldest() - 1) {
      throw new Expired(
          Expired.Reason.CURSOR,
          "journal entries after cursor "
              + after
              + " are trimmed; the oldest is "
              + stamp.oldest()
              + ": list again and go on from the cursor of the list",
          Map.of("oldest", stamp.oldest(), "head", stamp.cursor()));
    }
    if (after >= stamp.cursor()) {
      return new JournalPage(List.of(), after, stamp.cursor());
    }
    List<JournalEntry> entries = collect(tx, stamp, after, limit);
    return new JournalPage(List.copyOf(entries), entries.getLast().cursor(), stamp.cursor());
  }

  private static List<JournalEntry> collect(ReadTx tx, Stamp stamp, long after, int limit) {
    List<JournalEntry> out = new ArrayList<>();
    long expected = after + 1;
    try (EntryCursor c = tx.scan(BLOCKS.startingAt(blockOf(tx, expected)), Order.ASCENDING)) {
      while (out.size() < limit && c.next()) {
        for (JournalEntry e : JournalCodec.decodeBlock(c.key(), c.value())) {
          if (e.cursor() > after && out.size() < limit) {
            checkDense(e.cursor(), expected++);
            out.add(e);
          }
        }
      }
    }
    if (out.isEmpty() || out.size() < limit && out.getLast().cursor() != stamp.cursor()) {
      checkDense(stamp.cursor() + 1, expected);
    }
    return out;
  }

  /** Key of the block that holds the cursor. */
  private static byte[] blockOf(ReadTx tx, long cursor) {
    KeyRange upTo = new KeyRange(BLOCKS.from(), JournalCodec.blockKey(cursor + 1));
    try (EntryCursor c = tx.scan(upTo, Order.DESCENDING)) {
      if (!c.next()) {
        throw new Corrupt("no journal block holds cursor " + cursor);
      }
      return c.key();
    }
  }

  private static void checkDense(long found, long expected) {
    if (found != expected) {
      throw new Corrupt(
          "the journal goes on at cursor " + found + " where " + expected + " must follow");
    }
  }
}
