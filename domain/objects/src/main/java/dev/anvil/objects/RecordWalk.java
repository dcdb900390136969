package dev.anvil.objects;

import dev.anvil.kernel.SubjectCheck.Report;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** Walks over a range of records in slices, telling of those that cannot be read. */
final class RecordWalk {
  private static final int SLICE = 500;
  private static final String NEEDED = "needed: restore it from a backup, or delete the version";

  private RecordWalk() {}

  /** Tells every entry of a range; false if one could not be read. */
  static boolean each(Partition partition, KeyRange range, Report report, Consumer<Entry> each) {
    KeyRange rest = range;
    boolean whole = true;
    while (rest != null) {
      KeyRange now = rest;
      List<Entry> slice =
          partition.read(tx -> {
            List<Entry> some = new ArrayList<>();
            try (EntryCursor c = tx.scan(now, Order.ASCENDING)) {
              while (some.size() < SLICE && c.next()) {
                some.add(new Entry(c.key().clone(), valueOf(c)));
              }
            }
            return some;
          });
      rest = slice.isEmpty() ? null : now.after(slice.getLast().key());
      for (Entry e : slice) {
        whole &= tell(e, report, each);
      }
    }
    return whole;
  }

  private static boolean tell(Entry e, Report report, Consumer<Entry> each) {
    if (e.value() == null) {
      // the walk over all records tells of it
      return false;
    }
    try {
      each.accept(e);
      return true;
    } catch (Corrupt c) {
      report.found(
          "record-readable",
          "key " + HexFormat.of().formatHex(e.key()),
          "a record of its kind",
          c.getMessage(),
          NEEDED);
      return false;
    }
  }

  private static byte[] valueOf(EntryCursor c) {
    try {
      return c.value().clone();
    } catch (Corrupt e) {
      return null;
    }
  }
}
