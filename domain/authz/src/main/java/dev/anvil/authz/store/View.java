package dev.anvil.authz.store;

import dev.anvil.authz.graph.Edge;
import dev.anvil.authz.graph.Subject;
import dev.anvil.authz.graph.TupleSource;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A tenant's relationships at one revision and one time, inside a read. What was written after the
 * revision is passed over, and what was deleted after it is read from history.
 */
public final class View implements TupleSource {
  private final ReadTx tx;
  private final long tenant;
  private final TenantState state;
  private final Schema schema;
  private final Names names;
  private final long revision;
  private final long millis;
  private final boolean past;
  private final Structure structure;
  private ClosureReads closures;
  private int fan;
  private long seeks;

  View(
      ReadTx tx,
      long tenant,
      String tenantName,
      TenantState state,
      Schema schema,
      Names names,
      long revision,
      long millis) {
    this.tx = tx;
    this.tenant = tenant;
    this.state = state;
    this.schema = schema;
    this.names = names;
    this.revision = revision;
    this.millis = millis;
    this.past = revision < state.revision();
    this.structure = new Structure(tenantName);
  }

  /** Lets closures answer; without it all is walked. */
  View withClosures(ClosureCounts counts, int closureFan) {
    closures = new ClosureReads(this, counts);
    fan = closureFan;
    return this;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  /** Interned names. */
  public Names names() {
    return names;
  }

  /** Revision that is read. */
  public long revision() {
    return revision;
  }

  /** Version of the newest schema; 0 while only the server's own types exist. */
  public int schemaVersion() {
    return state.schemaVersion();
  }

  /** Tuples stored at the head, dead ones too. */
  public long tuples() {
    return state.live();
  }

  /** Look-ups in the store so far. */
  public long seeks() {
    return seeks;
  }

  TenantState state() {
    return state;
  }

  ReadTx tx() {
    return tx;
  }

  long tenant() {
    return tenant;
  }

  long millis() {
    return millis;
  }

  @Override
  public Boolean closed(
      Subject subject, Schema.Member relation, String id, Work work, boolean early) {
    return closures == null ? null : closures.closed(subject, relation, id, work, early);
  }

  int closureFan() {
    return fan;
  }

  byte[] closureRow(AuthzRecords.Nest nest, String id) {
    seeks++;
    return tx.get(AuthzRecords.closureRow(tenant, nest, id));
  }

  ClosureState closure(AuthzRecords.Nest nest) {
    seeks++;
    return ClosureState.decode(tx.get(AuthzRecords.closure(tenant, nest.type(), nest.member())));
  }

  /** Cursor of the newest change of what is nested in a relation; 0 before the first. */
  long nested(AuthzRecords.Nest nest) {
    seeks++;
    byte[] changed = tx.get(AuthzRecords.changed(tenant, nest.type(), nest.member()));
    return changed == null ? 0 : new RecordReader(changed, "change of a relation", 1).varint();
  }

  @Override
  public boolean past() {
    return past;
  }

  @Override
  public Edge exact(String id, Schema.Member relation, int type, String subject, int member) {
    if (Structure.structural(relation)) {
      Edge e = structure.of(relation, id);
      return e.type() == type && e.id().equals(subject) && e.member() == member ? e : null;
    }
    TupleKey key = new TupleKey(relation.type().id(), id, relation.id(), type, member, subject);
    Row row = row(key);
    return row == null || !live(relation, key, row) ? null : edge(key, row);
  }

  /** The row that stood at the revision, dead or alive, or null. */
  Row row(TupleKey key) {
    seeks++;
    byte[] now = tx.get(AuthzRecords.forward(tenant, key));
    Row row = now == null ? null : Row.decode(now);
    if (!past || row != null && row.created() <= revision) {
      return row;
    }
    Row[] found = {null};
    scanOld(
        AuthzRecords.oldForwardPrefix(tenant, key),
        (k, r) -> {
          found[0] = r;
          return false;
        });
    return found[0];
  }

  private static Edge edge(TupleKey k, Row row) {
    return new Edge(
        k.subjectType(), k.subjectId(), k.subjectMember(), row.caveat(), row.context(), false);
  }

  private boolean live(Schema.Member relation, TupleKey k, Row row) {
    return row.aliveAt(millis) && relation.admits(shape(k, row));
  }

  static Shape shape(TupleKey k, Row row) {
    return new Shape(
        k.subjectType(), k.subjectMember(), k.wildcard(), row.caveat(), row.expires() != 0);
  }

  @Override
  public void usersets(
      String id, Schema.Member relation, int type, int member, Predicate<Edge> each) {
    walk(
        id,
        relation,
        t ->
            AuthzRecords.usersetsOf(
                tenant, t, relation.type().id(), id, relation.id(), type, member),
        each);
  }

  @Override
  public void all(String id, Schema.Member relation, Predicate<Edge> each) {
    walk(
        id,
        relation,
        t -> AuthzRecords.relation(tenant, t, relation.type().id(), id, relation.id()),
        each);
  }

  @Override
  public void ofType(String id, Schema.Member relation, int type, Predicate<Edge> each) {
    walk(
        id,
        relation,
        t -> AuthzRecords.subjectsOf(tenant, t, relation.type().id(), id, relation.id(), type),
        e -> e.type() != type || each.test(e));
  }

  private interface Prefix {
    byte[] in(int table);
  }

  private void walk(String id, Schema.Member relation, Prefix prefix, Predicate<Edge> each) {
    if (Structure.structural(relation)) {
      each.test(structure.of(relation, id));
      return;
    }
    scan(
        prefix.in(AuthzRecords.FORWARD),
        past ? prefix.in(AuthzRecords.OLD_FORWARD) : null,
        (k, row) -> !live(relation, k, row) || each.test(edge(k, row)));
  }

  /** Rows that stood at the revision, dead or alive: those of now, then those of then. */
  void scan(byte[] prefix, byte[] oldPrefix, BiPredicate<TupleKey, Row> each) {
    seeks++;
    try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        Row row = Row.decode(c.value());
        boolean counts = !past || row.created() <= revision;
        if (counts && !each.test(AuthzRecords.readForward(c.key()), row)) {
          return;
        }
      }
    }
    if (oldPrefix != null) {
      scanOld(oldPrefix, each);
    }
  }

  private void scanOld(byte[] prefix, BiPredicate<TupleKey, Row> each) {
    seeks++;
    try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        AuthzRecords.Old old = AuthzRecords.readOldForward(c.key());
        Row row = Row.decode(c.value());
        boolean counts = row.created() <= revision && revision < old.deleted();
        if (counts && !each.test(old.key(), row)) {
          return;
        }
      }
    }
  }

  @Override
  public void reverse(int type, String subject, int member, Schema.Member relation, Found each) {
    boolean[] on = {true};
    Found noting =
        (id, edge) -> {
          on[0] = each.at(id, edge);
          return on[0];
        };
    reverseAfter(type, subject, member, relation, null, false, noting);
    if (past && on[0]) {
      reverseAfter(type, subject, member, relation, null, true, noting);
    }
  }

  @Override
  public void reverseAfter(
      int type,
      String subject,
      int member,
      Schema.Member relation,
      String after,
      boolean old,
      Found each) {
    if (Structure.structural(relation)) {
      return;
    }
    seeks++;
    int table = old ? AuthzRecords.OLD_REVERSE : AuthzRecords.REVERSE;
    int on = relation.type().id();
    byte[] prefix = AuthzRecords.reverseOf(tenant, table, type, subject, member, on, relation.id());
    KeyRange range = KeyRange.prefix(prefix);
    if (after != null) {
      TupleKey last = new TupleKey(on, after, relation.id(), type, member, subject);
      range =
          range.after(
              old ? AuthzRecords.oldReverse(tenant, last, -1) : AuthzRecords.reverse(tenant, last));
    }
    boolean wildcard = member == Schema.PLAIN && subject.equals(Subject.WILDCARD);
    boolean bare = relation.admits(new Shape(type, member, wildcard, 0, false));
    Edge plain = new Edge(type, subject, member, 0, null, false);
    try (EntryCursor c = tx.scan(range, Order.ASCENDING)) {
      while (c.next()) {
        Row row = Row.decodeReverse(c.value());
        AuthzRecords.Old ended = old ? AuthzRecords.readOldReverse(c.key()) : null;
        boolean stood = !past || row.created() <= revision && (!old || revision < ended.deleted());
        if (!stood) {
          continue;
        }
        String id = old ? ended.key().id() : AuthzRecords.restOf(c.key(), prefix.length);
        if (row.caveat() == 0 && row.expires() == 0) {
          // nearly all are of this kind: nothing of the edge hangs on the row
          if (bare && !each.at(id, plain)) {
            return;
          }
          continue;
        }
        TupleKey k = new TupleKey(on, id, relation.id(), type, member, subject);
        if (live(relation, k, row) && !each.at(id, edge(k, full(k, row)))) {
          return;
        }
      }
    }
  }

  /** With its context, which reverse records do not keep. */
  private Row full(TupleKey k, Row row) {
    Row full = row.caveat() == 0 ? null : row(k);
    return full == null ? row : full;
  }
}
