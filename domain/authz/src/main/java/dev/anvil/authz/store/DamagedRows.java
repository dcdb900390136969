package dev.anvil.authz.store;

import dev.anvil.authz.store.AuthzRecords.Nest;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/** Finds rows of closures that cannot be read, whether their closure serves or not. */
final class DamagedRows {
  private static final int SLICE = 1_000;
  private static final int MOST = 1_000;

  /** A row that cannot be read. */
  record Damaged(byte[] key, String why) {
    Nest nest() {
      return AuthzRecords.closureOfRow(key);
    }
  }

  private final Partition partition;
  private final List<Damaged> found = new ArrayList<>();

  private DamagedRows(Partition partition) {
    this.partition = partition;
  }

  /** The first of a tenant, in the order of keys. */
  static List<Damaged> of(Partition partition, long tenant) {
    DamagedRows rows = new DamagedRows(partition);
    KeyRange all = AuthzRecords.allClosureRows(tenant);
    byte[] last = null;
    do {
      KeyRange rest = last == null ? all : all.after(last);
      last = rows.partition.read(tx -> rows.slice(tx, rest));
    } while (last != null && rows.found.size() < MOST);
    return rows.found;
  }

  /** The last key of the slice; null at the end. */
  private byte[] slice(ReadTx tx, KeyRange rest) {
    byte[] last = null;
    try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
      for (int i = 0; i < SLICE; i++) {
        if (!c.next()) {
          return null;
        }
        last = c.key().clone();
        look(last, c);
      }
    }
    return last;
  }

  private void look(byte[] key, EntryCursor c) {
    try {
      ClosureRow.decode(c.value());
    } catch (Corrupt e) {
      found.add(new Damaged(key, e.getMessage()));
    }
  }
}
