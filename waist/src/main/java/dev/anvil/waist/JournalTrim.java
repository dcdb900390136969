package dev.anvil.waist;

import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteBounds;
import java.util.ArrayList;
import java.util.List;

/** Drops whole journal blocks from the oldest on, a bounded number in one write. */
final class JournalTrim {
  /** Blocks dropped at most in one call. */
  static final int MAX_BLOCKS = 32;

  /** The fence, the blocks dropped and the first that stays. */
  static final WriteBounds BOUNDS = WriteBounds.reads(MAX_BLOCKS + 2);

  private JournalTrim() {}

  /**
   * Runs inside a write function.
   *
   * @param newest cursor of the newest entry in blocks, the group's own entries not counted
   * @return whether more may be dropped
   */
  static boolean run(FunctionTx tx, String duty, long token, long upTo, long newest) {
    Fences.check(tx, duty, token);
    List<byte[]> starts = new ArrayList<>();
    try (EntryCursor c = tx.scan(JournalPages.BLOCKS, Order.ASCENDING)) {
      while (starts.size() <= MAX_BLOCKS && c.next()) {
        starts.add(c.key());
        if (JournalCodec.firstCursor(c.key()) > upTo) {
          break;
        }
      }
    }
    boolean cut = starts.size() > MAX_BLOCKS;
    int dropped = 0;
    for (; dropped < Math.min(starts.size(), MAX_BLOCKS); dropped++) {
      long next =
          dropped + 1 < starts.size()
              ? JournalCodec.firstCursor(starts.get(dropped + 1))
              : newest + 1;
      if (next - 1 > upTo) {
        return false;
      }
      tx.dropBlock(starts.get(dropped), next);
    }
    return cut && JournalCodec.firstCursor(starts.getLast()) <= upTo;
  }
}
