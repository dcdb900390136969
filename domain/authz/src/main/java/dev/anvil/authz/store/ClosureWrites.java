package dev.anvil.authz.store;

import dev.anvil.authz.store.AuthzRecords.Nest;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Stores rows of closures in bounded commits; the state goes last, so that no half serves. */
final class ClosureWrites {
  private static final int BYTES = 128 << 10;
  private static final int ROWS = 1_000;

  /** One closure. */
  record Place(long tenant, Nest nest) {}

  /**
   * Rows and the state after them.
   *
   * @param before state as stored, or null; another by now means that it was switched
   * @param maker with the rows, or null for none
   */
  record Change(Place place, byte[] before, ClosureState after, ClosureMaker maker) {}

  private final String duty;
  private final Partition partition;

  ClosureWrites(String duty, Partition partition) {
    this.duty = duty;
    this.partition = partition;
  }

  private record Put(byte[] key, byte[] value) {}

  /** Whether it was stored; not if the closure was switched since the snapshot. */
  boolean write(Change c, long token) {
    List<Put> puts = new ArrayList<>();
    long sets = 0;
    long pairs = 0;
    int bytes = 0;
    if (c.maker() != null) {
      for (Map.Entry<String, ClosureRow> e : c.maker().made().entrySet()) {
        ClosureRow was = c.maker().before(e.getKey());
        ClosureRow row = e.getValue();
        if (row == null ? was == null : row.same(was)) {
          continue;
        }
        byte[] key = AuthzRecords.closureRow(c.place().tenant(), c.place().nest(), e.getKey());
        Put put = new Put(key, row == null ? null : row.encode());
        sets += (row == null ? 0 : 1) - (was == null ? 0 : 1);
        pairs += pairs(row) - pairs(was);
        bytes += key.length + (put.value() == null ? 0 : put.value().length);
        puts.add(put);
        if (bytes > BYTES || puts.size() == ROWS) {
          rows(puts, token);
          puts.clear();
          bytes = 0;
        }
      }
    }
    int next = c.maker() == null ? c.after().next() : c.maker().next();
    ClosureState after = c.after().at(c.after().place(), next, sets, pairs);
    return last(c, puts, after, token);
  }

  private static long pairs(ClosureRow row) {
    return row == null ? 0 : row.above().length;
  }

  private void rows(List<Put> puts, long token) {
    List<Put> some = List.copyOf(puts);
    partition.write(
        new WriteBounds(64, BYTES),
        tx -> {
          Fences.check(tx, duty, token);
          put(tx, some);
          return null;
        });
  }

  private static void put(WriteTx tx, List<Put> puts) {
    for (Put p : puts) {
      if (p.value() == null) {
        tx.delete(p.key());
      } else {
        tx.put(p.key(), p.value());
      }
    }
  }

  private boolean last(Change c, List<Put> puts, ClosureState after, long token) {
    byte[] key = state(c.place());
    return partition
        .write(
            new WriteBounds(64, BYTES),
            tx -> {
              Fences.check(tx, duty, token);
              if (!Arrays.equals(tx.get(key), c.before())) {
                return false;
              }
              put(tx, puts);
              tx.put(key, after.encode());
              return true;
            })
        .value();
  }

  private static byte[] state(Place p) {
    return AuthzRecords.closure(p.tenant(), p.nest().type(), p.nest().member());
  }

  /** Has it made from the beginning, unless it is off. */
  void restart(Place place, long token) {
    partition.write(tx -> {
      Fences.check(tx, duty, token);
      ClosureState before = ClosureState.decode(tx.get(state(place)));
      if (before == null || before.on()) {
        tx.put(state(place), ClosureState.fresh(before).encode());
      }
      return null;
    });
  }

  /** Closures that the tenant has a state of. */
  static List<Nest> nests(ReadTx tx, long tenant) {
    List<Nest> found = new ArrayList<>();
    byte[] prefix = AuthzRecords.table(tenant, AuthzRecords.CLOSURES);
    try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        found.add(AuthzRecords.readClosure(c.key()));
      }
    }
    return found;
  }

  /** The first tenant from this id on that has relationships here, or null. */
  static Long tenantFrom(ReadTx tx, long tenant) {
    KeyRange rest =
        KeyRange.prefix(new byte[] {(byte) KeySpace.AUTHZ.prefix()})
            .startingAt(AuthzRecords.firstTenantFrom(tenant));
    try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
      return c.next() ? AuthzRecords.tenantOf(c.key()) : null;
    }
  }

  /** Closures of all tenants that are being made or dropped. */
  static List<Place> building(ReadTx tx) {
    List<Place> found = new ArrayList<>();
    Long tenant = tenantFrom(tx, 1);
    while (tenant != null) {
      for (Nest nest : nests(tx, tenant)) {
        Place place = new Place(tenant, nest);
        if (ClosureState.decode(tx.get(state(place))).building()) {
          found.add(place);
        }
      }
      tenant = tenantFrom(tx, tenant + 1);
    }
    return found;
  }
}
