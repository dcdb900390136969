package dev.anvil.objects;

import dev.anvil.authz.Sight;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A page of things listed by name.
 *
 * @param items in order
 * @param next name to go on after; null on the last page
 * @param cursor newest journal cursor of the state read
 */
public record NamePage<T>(List<T> items, String next, long cursor) {
  /** Copies the list. */
  public NamePage {
    items = List.copyOf(items);
  }

  /** Refuses limits outside 1..max. */
  public static void checkLimit(int limit, int max) {
    if (limit < 1 || limit > max) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "limit " + limit + " is outside 1.." + max,
          Map.of("limit", limit, "max", max));
    }
  }

  /**
   * Reads a page.
   *
   * @param ranges where the names that start with some bytes lie
   * @param prefix UTF-8 that names start with; empty for all
   * @param after key of the entry to go on after, or null
   * @param sight which names are shown; what is hidden leaves no trace
   * @param nameOf name of a key
   * @param itemOf item of an entry
   */
  public static <T> NamePage<T> read(
      ReadTx tx,
      Function<byte[], KeyRange> ranges,
      byte[] prefix,
      byte[] after,
      int limit,
      Sight sight,
      Function<byte[], ObjectKey> nameOf,
      ItemOf<T> itemOf) {
    List<T> items = new ArrayList<>();
    String last = null;
    KeyRange range = ranges.apply(prefix);
    KeyRange from = after == null ? range : range.after(after);
    while (from != null) {
      KeyRange elsewhere = null;
      try (EntryCursor c = tx.scan(from, Order.ASCENDING)) {
        while (elsewhere == null && c.next()) {
          ObjectKey name = nameOf.apply(c.key());
          boolean seen = sight.sees(name.utf8());
          if (seen && items.size() == limit || !seen && sight.spent()) {
            return new NamePage<>(items, shown(last), tx.cursor());
          }
          if (seen) {
            items.add(itemOf.item(name, c.value()));
            last = name.text();
            continue;
          }
          byte[] next = sight.next(name.utf8());
          if (next == null) {
            return new NamePage<>(items, null, tx.cursor());
          }
          elsewhere = range.startingAt(ranges.apply(next).from());
        }
      }
      from = elsewhere;
    }
    return new NamePage<>(items, null, tx.cursor());
  }

  private static String shown(String last) {
    if (last == null) {
      Paging.cut(null);
    }
    return last;
  }

  /** Makes an item of a name and its record. */
  @FunctionalInterface
  public interface ItemOf<T> {
    /** The item. */
    T item(ObjectKey name, byte[] value);
  }
}
