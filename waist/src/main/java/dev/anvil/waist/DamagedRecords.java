package dev.anvil.waist;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.storage.WriteSet.Mutation;
import java.util.ArrayList;
import java.util.List;

/**
 * Stored values of a closed partition that fail their check, with their bytes as they are. Those of
 * the waist itself (stamp, journal) are never taken out: without them nothing is a partition.
 */
public final class DamagedRecords {
  private DamagedRecords() {}

  /** The first so many, in the order of keys. */
  public static List<Entry> find(Engine engine, int limit) {
    List<Entry> damaged = new ArrayList<>();
    try (EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader();
        EntryCursor c = r.scan(KeyRange.ALL, Order.ASCENDING)) {
      while (damaged.size() < limit && c.next()) {
        if (mayGo(c.key()) && !holds(c.key(), c.value())) {
          damaged.add(new Entry(c.key().clone(), c.value().clone()));
        }
      }
    }
    return damaged;
  }

  private static boolean mayGo(byte[] key) {
    int space = key.length == 0 ? 0 : key[0] & 0xFF;
    return space != KeySpace.WAIST.prefix() && space != KeySpace.JOURNAL.prefix();
  }

  private static boolean holds(byte[] key, byte[] stored) {
    try {
      RecordCheck.open(key, stored);
      return true;
    } catch (Corrupt e) {
      return false;
    }
  }

  /** Removes them, durably. */
  public static void takeOut(Engine engine, List<Entry> damaged) {
    engine.commit(new WriteSet(damaged.stream().map(e -> new Mutation(e.key(), null)).toList()));
    engine.sync();
  }
}
