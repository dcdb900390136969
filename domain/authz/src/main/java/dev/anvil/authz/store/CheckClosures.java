package dev.anvil.authz.store;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.AuthzRecords.Nest;
import dev.anvil.kernel.SubjectCheck;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares every closure that would serve with the tuples that it rests on, row for row. One that
 * differs, or has a row that cannot be read, is made anew from its tuples: its rows go now, and the
 * node makes them when it runs.
 */
public final class CheckClosures implements SubjectCheck {
  private static final String INVARIANT = "closure-follows-tuples";
  private static final int SLICE = 64;
  private static final int DROPPED = 500;

  private final Partitions partitions;
  private final Schemas schemas;
  private final int fan;
  private final Set<Nest> broken = new HashSet<>();

  /** Over a node that serves nobody. */
  public CheckClosures(Partitions partitions, SchemaReader reader, AuthzLimits limits) {
    this.partitions = partitions;
    this.schemas = new Schemas(reader, limits);
    this.fan = limits.state().closureFan();
  }

  /** What was seen of one closure. */
  private static final class Seen {
    final BitSet numbers = new BitSet();
    String place;
    String wrong;
    String expected;
    String actual;
    long sets;
    long pairs;

    void differs(String set, Object is, Object was) {
      wrong = set;
      expected = String.valueOf(is);
      actual = String.valueOf(was);
    }
  }

  private record Closure(Partition partition, long tenant, Nest nest, String name) {}

  @Override
  public void check(PartitionId id, boolean rebuild, Report report) {
    Partition partition = partitions.get(id);
    Long tenant = partition.read(tx -> ClosureWrites.tenantFrom(tx, 1));
    while (tenant != null) {
      long of = tenant;
      unreadable(partition, of, rebuild, report);
      try {
        for (Closure c : partition.read(tx -> serving(tx, partition, of))) {
          closure(c, rebuild, report);
        }
      } catch (Unavailable e) {
        report.found(
            "schema-compiles",
            "relationships of tenant " + of,
            "a schema in force that this version compiles",
            e.getMessage(),
            "needed: run the version that stored it, or put a schema that this one compiles");
      }
      tenant = partition.read(tx -> ClosureWrites.tenantFrom(tx, of + 1));
    }
  }

  @Override
  public boolean derives(byte[] key) {
    return AuthzRecords.isClosureRow(key);
  }

  /** What cannot be read is dropped with its closure, which is made anew; no fact is lost. */
  private void unreadable(Partition partition, long tenant, boolean rebuild, Report report) {
    broken.clear();
    for (DamagedRows.Damaged row : DamagedRows.of(partition, tenant)) {
      Nest nest = row.nest();
      String name = partition.read(tx -> name(tx, tenant, nest));
      boolean first = broken.add(nest);
      if (rebuild && first) {
        remove(new Closure(partition, tenant, nest, name));
      }
      report.found(
          INVARIANT,
          "closure %s of tenant %d, set '%s'"
              .formatted(name, tenant, AuthzRecords.closureRowId(row.key())),
          "a row that can be read",
          row.why(),
          action(rebuild));
    }
    if (rebuild) {
      broken.clear();
    }
  }

  private String name(ReadTx tx, long tenant, Nest nest) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(tenant)));
    Names names = schemas.names(tx, tenant, state);
    return names.text(nest.type()) + "#" + names.text(nest.member());
  }

  /** The rows, and if it is kept the closure is to be made anew. */
  private static void remove(Closure c) {
    ClosureState s = c.partition().read(tx -> state(tx, c.tenant(), c.nest()));
    if (s != null && s.on()) {
      drop(c);
    } else {
      rows(c);
    }
  }

  private static String action(boolean rebuild) {
    return rebuild
        ? "taken: it serves nothing until the running node has made it anew"
        : "needed: anvil repair without --dry-run has it made anew";
  }

  /** Those that are behind, being made or dropped serve nothing, and are not wrong for it. */
  private List<Closure> serving(ReadTx tx, Partition partition, long tenant) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(tenant)));
    schemas.schema(tx, tenant, state, state.revision());
    List<Closure> found = new ArrayList<>();
    for (Nest nest : ClosureWrites.nests(tx, tenant)) {
      if (broken.contains(nest)) {
        continue;
      }
      ClosureState s = state(tx, tenant, nest);
      byte[] changed = tx.get(AuthzRecords.changed(tenant, nest.type(), nest.member()));
      long newest =
          changed == null ? 0 : new RecordReader(changed, "change of a relation", 1).varint();
      if (s.on()
          && !s.building()
          && s.schemaVersion() == state.schemaVersion()
          && newest <= s.through()) {
        String name = name(tx, tenant, nest);
        found.add(new Closure(partition, tenant, nest, name));
      }
    }
    return found;
  }

  private static ClosureState state(ReadTx tx, long tenant, Nest nest) {
    return ClosureState.decode(tx.get(AuthzRecords.closure(tenant, nest.type(), nest.member())));
  }

  private void closure(Closure c, boolean rebuild, Report report) {
    Seen seen = new Seen();
    while (c.partition().read(tx -> slice(tx, c, seen)) && seen.wrong == null) {
      continue;
    }
    if (seen.wrong == null) {
      counts(c, seen);
    }
    if (seen.wrong == null) {
      return;
    }
    if (rebuild) {
      drop(c);
    }
    report.found(
        INVARIANT,
        "closure " + c.name() + " of tenant " + c.tenant() + ", " + seen.wrong,
        seen.expected,
        seen.actual,
        action(rebuild));
  }

  /** Compares some rows; false at the end. */
  private boolean slice(ReadTx tx, Closure c, Seen seen) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(c.tenant())));
    Schema schema = schemas.schema(tx, c.tenant(), state, state.revision());
    Schema.Member relation = schema.member(c.nest().type(), c.nest().member());
    int next = state(tx, c.tenant(), c.nest()).next();
    ClosureMaker maker = new ClosureMaker(tx, c.tenant(), c.nest(), relation, next, fan);
    List<String> ids = maker.idsAfter(seen.place, SLICE);
    maker.make(ids, ids.size());
    for (String id : ids) {
      ClosureRow is = maker.made().get(id);
      ClosureRow was = maker.before(id);
      seen.place = id;
      if (is == null ? was != null : !is.same(was)) {
        seen.differs("set '" + id + "'", text(is), text(was));
        return false;
      }
      if (is != null && (is.number() >= next || seen.numbers.get(is.number()))) {
        String own = "a number of its own below " + next;
        seen.differs("set '" + id + "'", own, "number " + is.number());
        return false;
      }
      if (is != null) {
        seen.numbers.set(is.number());
        seen.sets++;
        seen.pairs += is.above().length;
      }
    }
    return ids.size() == SLICE;
  }

  private static String text(ClosureRow row) {
    return row == null
        ? "no row"
        : "row of number %d%s%s in %d sets"
            .formatted(
                row.number(),
                row.mixed() ? ", mixed" : "",
                row.wide() ? ", wide" : "",
                row.above().length);
  }

  private static void counts(Closure c, Seen seen) {
    ClosureState s = c.partition().read(tx -> state(tx, c.tenant(), c.nest()));
    if (s.sets() != seen.sets || s.pairs() != seen.pairs) {
      seen.differs(
          "its counts",
          seen.sets + " sets and " + seen.pairs + " pairs",
          s.sets() + " and " + s.pairs());
    }
  }

  /** Shut first and numbered anew last, so that a stop in between leaves no number twice. */
  private static void drop(Closure c) {
    byte[] key = AuthzRecords.closure(c.tenant(), c.nest().type(), c.nest().member());
    c.partition()
        .write(tx -> {
          tx.put(key, ClosureState.fresh(ClosureState.decode(tx.get(key))).encode());
          return null;
        });
    rows(c);
    c.partition()
        .write(tx -> {
          tx.put(key, ClosureState.fresh(null).encode());
          return null;
        });
  }

  private static void rows(Closure c) {
    KeyRange rows = KeyRange.prefix(AuthzRecords.closureRow(c.tenant(), c.nest(), ""));
    List<byte[]> some;
    do {
      some = c.partition().read(tx -> first(tx, rows));
      List<byte[]> gone = some;
      c.partition()
          .write(tx -> {
            gone.forEach(tx::delete);
            return null;
          });
    } while (some.size() == DROPPED);
  }

  private static List<byte[]> first(ReadTx tx, KeyRange rows) {
    List<byte[]> found = new ArrayList<>();
    try (EntryCursor e = tx.scan(rows, Order.ASCENDING)) {
      while (found.size() < DROPPED && e.next()) {
        found.add(e.key().clone());
      }
    }
    return found;
  }
}
