package dev.anvil.authz.store;

import dev.anvil.authz.graph.Edge;
import dev.anvil.authz.graph.TupleSource;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
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

  boolean past() {
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
    if (Structure.structural(relation)) {
      return;
    }
    seeks++;
    byte[] prefix =
        AuthzRecords.reverseOf(
            tenant,
            AuthzRecords.REVERSE,
            type,
            subject,
            member,
            relation.type().id(),
            relation.id());
    try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        Row row = Row.decodeReverse(c.value());
        TupleKey k = AuthzRecords.readReverse(c.key());
        boolean counts = (!past || row.created() <= revision) && live(relation, k, row);
        if (counts && !each.at(k.id(), edge(k, full(k, row)))) {
          return;
        }
      }
    }
    if (past) {
      reverseOld(type, subject, member, relation, each);
    }
  }

  private void reverseOld(
      int type, String subject, int member, Schema.Member relation, Found each) {
    seeks++;
    byte[] prefix =
        AuthzRecords.reverseOf(
            tenant,
            AuthzRecords.OLD_REVERSE,
            type,
            subject,
            member,
            relation.type().id(),
            relation.id());
    try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
      while (c.next()) {
        Row row = Row.decodeReverse(c.value());
        AuthzRecords.Old old = AuthzRecords.readOldReverse(c.key());
        boolean counts =
            row.created() <= revision && revision < old.deleted() && live(relation, old.key(), row);
        if (counts && !each.at(old.key().id(), edge(old.key(), full(old.key(), row)))) {
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
