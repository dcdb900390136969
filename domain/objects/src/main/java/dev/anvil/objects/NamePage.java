package dev.anvil.objects;

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
   * @param range where the names lie
   * @param after key of the entry to go on after, or null
   * @param nameOf name of a key
   * @param itemOf item of an entry
   */
  public static <T> NamePage<T> read(
      ReadTx tx,
      KeyRange range,
      byte[] after,
      int limit,
      Function<byte[], ObjectKey> nameOf,
      ItemOf<T> itemOf) {
    List<T> items = new ArrayList<>();
    String last = null;
    KeyRange from = after == null ? range : range.after(after);
    try (EntryCursor c = tx.scan(from, Order.ASCENDING)) {
      while (c.next()) {
        if (items.size() == limit) {
          return new NamePage<>(items, last, tx.cursor());
        }
        ObjectKey name = nameOf.apply(c.key());
        items.add(itemOf.item(name, c.value()));
        last = name.text();
      }
    }
    return new NamePage<>(items, null, tx.cursor());
  }

  /** Makes an item of a name and its record. */
  @FunctionalInterface
  public interface ItemOf<T> {
    /** The item. */
    T item(ObjectKey name, byte[] value);
  }
}
