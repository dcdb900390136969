package dev.anvil.authz.store;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.store.AuthzRecords.Nest;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the closures of one partition as its journal goes on. An entry only says which sets to look
 * at again: their rows are made from the tuples of now, so that applying entries twice, or late, is
 * the same as once. One thread at a time.
 */
public final class ClosureUpkeep {
  /** Sets looked at again for one page; more make the closure anew, step by step. */
  private static final int SETS = 2_000;

  private static final int STEP = 64;

  /** Entries without effect after which the cursor is stored all the same. */
  private static final int IDLE = 4_096;

  private final String duty;
  private final Partition partition;
  private final Relationships relationships;
  private final ClosureWrites writes;
  private final Set<ClosureWrites.Place> pending = new LinkedHashSet<>();
  private boolean looked;
  private long passed;

  /**
   * For one partition.
   *
   * @param duty name of the duty, whose token fences its writes
   */
  public ClosureUpkeep(String duty, Partition partition, Relationships relationships) {
    this.duty = duty;
    this.partition = partition;
    this.relationships = relationships;
    this.writes = new ClosureWrites(duty, partition);
  }

  /** Cursor up to which the journal is looked at. */
  public long cursor() {
    return partition.read(this::cursor);
  }

  /** What concerned no closure is passed over without a commit, so the store may lag behind. */
  private long cursor(ReadTx tx) {
    return Math.max(passed, stored(tx));
  }

  private static long stored(ReadTx tx) {
    byte[] bytes = tx.get(AuthzRecords.closureCursor());
    return bytes == null ? 0 : new RecordReader(bytes, "cursor of closures", 1).varint();
  }

  private record Seen(List<Tuple> nested, boolean[] unread) {
    Seen() {
      this(new ArrayList<>(), new boolean[1]);
    }
  }

  /** Looks again at all sets that the entries may have changed, then moves the cursor. */
  public void apply(List<JournalEntry> entries, long through, long token) {
    Map<Long, Seen> tenants = new LinkedHashMap<>();
    for (JournalEntry e : entries) {
      String kind = e.change().kind();
      if (kind.startsWith("tuple.")) {
        note(tenants, e);
      } else if (kind.equals(SchemaWrites.CHANGED) || kind.equals(ClosureSwitches.SWITCHED)) {
        tenants.computeIfAbsent(e.change().space(), t -> new Seen());
      }
    }
    tenants.forEach((tenant, seen) -> {
      while (!tenant(tenant, seen, through, token)) {
        Thread.onSpinWait();
      }
    });
    if (!tenants.isEmpty() || through - partition.read(ClosureUpkeep::stored) >= IDLE) {
      move(through, token);
    }
    passed = through;
  }

  private static void note(Map<Long, Seen> tenants, JournalEntry e) {
    String text = new String(e.change().subject(), StandardCharsets.UTF_8);
    int at = text.indexOf('@');
    int end = text.indexOf('[', at);
    int hash = text.indexOf('#', at);
    if (hash < 0 || end >= 0 && hash > end) {
      return;
    }
    Seen seen = tenants.computeIfAbsent(e.change().space(), t -> new Seen());
    try {
      seen.nested().add(TupleText.parse(text));
    } catch (Invalid malformed) {
      // written before ids were escaped: which sets it touched cannot be told
      seen.unread()[0] = true;
    }
  }

  private void move(long through, long token) {
    partition.write(tx -> {
      Fences.check(tx, duty, token);
      byte[] value = new RecordWriter(1).varint(through).toBytes();
      tx.put(AuthzRecords.closureCursor(), value);
      return null;
    });
  }

  /** The journal no longer tells what changed: makes every closure of the partition anew. */
  public void rebuild(long head, long token) {
    Long tenant = partition.read(tx -> ClosureWrites.tenantFrom(tx, 1));
    while (tenant != null) {
      long of = tenant;
      for (Nest nest : partition.read(tx -> kept(tx, of, true))) {
        writes.restart(new ClosureWrites.Place(of, nest), token);
        pending.add(new ClosureWrites.Place(of, nest));
      }
      tenant = partition.read(tx -> ClosureWrites.tenantFrom(tx, of + 1));
    }
    move(head, token);
  }

  /** Closures of a tenant, those kept without being asked for too. */
  private List<Nest> kept(ReadTx tx, long tenant, boolean usual) {
    List<Nest> found = ClosureWrites.nests(tx, tenant);
    Nest groups = SystemNames.groups();
    if (usual && !found.contains(groups)) {
      found.add(groups);
    }
    return found;
  }

  private boolean tenant(long tenant, Seen seen, long through, long token) {
    List<ClosureWrites.Change> changes =
        partition.read(tx -> changes(tx, tenant, seen, through, token));
    for (ClosureWrites.Change c : changes) {
      if (!writes.write(c, token)) {
        return false;
      }
      if (c.after().building()) {
        pending.add(c.place());
      }
    }
    return true;
  }

  private List<ClosureWrites.Change> changes(
      ReadTx tx, long tenant, Seen seen, long through, long token) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(tenant)));
    Schema schema = relationships.schemas().schema(tx, tenant, state, state.revision());
    Names names = relationships.schemas().names(tx, tenant, state);
    List<ClosureWrites.Change> all = new ArrayList<>();
    Nest groups = SystemNames.groups();
    boolean nestsGroups =
        seen.nested().stream().anyMatch(t -> of(t, groups, names) && nests(t, groups, names));
    for (Nest nest : kept(tx, tenant, nestsGroups)) {
      ClosureWrites.Place place = new ClosureWrites.Place(tenant, nest);
      byte[] stored = tx.get(AuthzRecords.closure(tenant, nest.type(), nest.member()));
      ClosureState before = ClosureState.decode(stored);
      if (before != null && !before.on()) {
        if (before.building()) {
          pending.add(place);
        }
        continue;
      }
      Schema.Member relation = schema.member(nest.type(), nest.member());
      boolean anew =
          before == null || seen.unread()[0] || !sameShapes(tx, tenant, state, before, relation);
      Set<String> ids = anew ? null : touched(tx, tenant, nest, relation, seen, names, before);
      ClosureMaker maker =
          anew || ids == null ? null : maker(tx, tenant, nest, relation, before.next());
      if (maker == null || !maker.make(ids, SETS)) {
        ClosureState fresh = ClosureState.fresh(before);
        all.add(new ClosureWrites.Change(place, stored, fresh, null));
      } else if (!ids.isEmpty() || before.schemaVersion() != state.schemaVersion()) {
        ClosureState after =
            before.building() ? before : before.covering(state.schemaVersion(), through);
        all.add(new ClosureWrites.Change(place, stored, after, maker));
      } else if (before.building()) {
        pending.add(place);
      }
    }
    return all;
  }

  private ClosureMaker maker(ReadTx tx, long tenant, Nest nest, Schema.Member relation, int next) {
    int fan = relationships.limits().state().closureFan();
    return new ClosureMaker(tx, tenant, nest, relation, next, fan);
  }

  private boolean sameShapes(
      ReadTx tx, long tenant, TenantState state, ClosureState before, Schema.Member relation) {
    if (before.schemaVersion() == state.schemaVersion() || before.building()) {
      return true;
    }
    long then =
        before.schemaVersion() == 0
            ? 0
            : Schemas.stored(tx, tenant, before.schemaVersion()).revision();
    if (relation == null) {
      return false;
    }
    Schema old = relationships.schemas().schema(tx, tenant, state, then);
    Schema.Member was = old.member(relation.type().id(), relation.id());
    return was != null
        && was.relation()
        && relation.relation()
        && usersets(was).equals(usersets(relation));
  }

  private static Set<Shape> usersets(Schema.Member relation) {
    Set<Shape> all = new HashSet<>(relation.shapes());
    all.removeIf(s -> s.member() == Schema.PLAIN);
    return all;
  }

  private static boolean of(Tuple t, Nest nest, Names names) {
    return names.id(t.resource().type()) == nest.type() && names.id(t.relation()) == nest.member();
  }

  private static boolean nests(Tuple t, Nest nest, Names names) {
    return names.id(t.subject().type()) == nest.type()
        && names.id(t.subject().relation()) == nest.member();
  }

  /** Sets whose rows may have changed; null if they are too many. */
  private Set<String> touched(
      ReadTx tx,
      long tenant,
      Nest nest,
      Schema.Member relation,
      Seen seen,
      Names names,
      ClosureState before) {
    ClosureMaker look = maker(tx, tenant, nest, relation, before.next());
    Set<String> ids = new LinkedHashSet<>();
    for (Tuple t : seen.nested()) {
      if (!of(t, nest, names)) {
        continue;
      }
      String into = relationships.ids().stored(tenant, t.resource().type(), t.resource().id());
      String from = relationships.ids().stored(tenant, t.subject().type(), t.subject().id());
      Set<String> over = Set.of();
      Set<String> under = Set.of();
      if (into != null) {
        ids.add(into);
        over = relation != null && relation.mixes() ? look.above(into) : over;
      }
      if (from != null && nests(t, nest, names)) {
        under = look.below(from);
      }
      if (over == null || under == null) {
        return null;
      }
      ids.addAll(over);
      ids.addAll(under);
      if (ids.size() > SETS) {
        return null;
      }
    }
    return ids;
  }

  /** One step of a closure that is being made or dropped; whether there was one. */
  public boolean build(long token) {
    if (!looked) {
      partition.read(tx -> {
        pending.addAll(ClosureWrites.building(tx));
        return null;
      });
      looked = true;
    }
    if (pending.isEmpty()) {
      return false;
    }
    ClosureWrites.Place place = pending.iterator().next();
    ClosureWrites.Change step = partition.read(tx -> step(tx, place));
    if (step == null) {
      pending.remove(place);
    } else if (writes.write(step, token) && !step.after().building()) {
      pending.remove(place);
    }
    return true;
  }

  private ClosureWrites.Change step(ReadTx tx, ClosureWrites.Place place) {
    Nest nest = place.nest();
    long tenant = place.tenant();
    byte[] stored = tx.get(AuthzRecords.closure(tenant, nest.type(), nest.member()));
    ClosureState before = ClosureState.decode(stored);
    if (before == null || !before.building()) {
      return null;
    }
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(tenant)));
    Schema schema = relationships.schemas().schema(tx, tenant, state, state.revision());
    Schema.Member relation = before.on() ? schema.member(nest.type(), nest.member()) : null;
    ClosureMaker maker = maker(tx, tenant, nest, relation, before.next());
    boolean started = before.place() != null && before.schemaVersion() == state.schemaVersion();
    List<String> ids = maker.idsAfter(started ? before.place() : null, STEP);
    if (ids.isEmpty()) {
      ClosureState done = before.covering(state.schemaVersion(), cursor(tx));
      return new ClosureWrites.Change(place, stored, done, null);
    }
    maker.make(ids, Integer.MAX_VALUE);
    ClosureState after =
        new ClosureState(
            before.on(),
            true,
            ids.getLast(),
            state.schemaVersion(),
            0,
            before.next(),
            before.sets(),
            before.pairs());
    return new ClosureWrites.Change(place, stored, after, maker);
  }
}
