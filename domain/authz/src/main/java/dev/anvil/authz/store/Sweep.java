package dev.anvil.authz.store;

import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Leased upkeep of one partition: drops tuples that expired, history older than is kept, and
 * finished writes that are forgotten. One tenant and one bounded commit a step; it seeks what is
 * due and passes over nothing else.
 */
public final class Sweep implements Duty {
  private static final int READS = 4_096;

  private final String name;
  private final Partition partition;
  private final Relationships relationships;
  private long tenant;

  /**
   * For one partition.
   *
   * @param name of the duty, whose token fences its writes
   */
  public Sweep(String name, Partition partition, Relationships relationships) {
    this.name = name;
    this.partition = partition;
    this.relationships = relationships;
  }

  /** A row of a queue. */
  private record Due(byte[] key, byte[] value) {}

  private record Found(long tenant, List<Due> expired, List<Due> old, List<Due> done) {
    boolean isEmpty() {
      return expired.isEmpty() && old.isEmpty() && done.isEmpty();
    }
  }

  @Override
  public boolean step(Lease lease) {
    lease.check();
    Instant now = relationships.now();
    Found found = partition.read(tx -> find(tx, now));
    if (found == null) {
      tenant = 0;
      return false;
    }
    if (found.isEmpty()) {
      tenant = found.tenant() + 1;
      return true;
    }
    partition.write(
        new WriteBounds(READS, 64 << 10),
        tx -> {
          Fences.check(tx, name, lease.token());
          drop(tx, found, now);
          return null;
        });
    return true;
  }

  /** What is due of the next tenant; null when there is no further tenant. */
  private Found find(ReadTx tx, Instant now) {
    KeyRange rest =
        KeyRange.prefix(new byte[] {(byte) KeySpace.AUTHZ.prefix()})
            .startingAt(AuthzRecords.firstTenantFrom(tenant));
    long next;
    try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
      if (!c.next()) {
        return null;
      }
      next = AuthzRecords.tenantOf(c.key());
    }
    long millis = now.toEpochMilli();
    Duration keep = relationships.limits().state().history();
    long oldest = now.minus(keep).toEpochMilli();
    return new Found(
        next,
        due(
            tx,
            next,
            AuthzRecords.EXPIRIES,
            e -> AuthzRecords.readExpiry(e.key()).millis() > millis),
        due(tx, next, AuthzRecords.OLD_QUEUE, e -> deletedAt(e.value()) > oldest),
        due(
            tx,
            next,
            AuthzRecords.DONE_QUEUE,
            e -> AuthzRecords.readDoneQueue(e.key()).millis() > millis));
  }

  private interface Early {
    boolean is(Due due);
  }

  private List<Due> due(ReadTx tx, long of, int table, Early early) {
    List<Due> due = new ArrayList<>();
    KeyRange all = KeyRange.prefix(AuthzRecords.table(of, table));
    try (EntryCursor c = tx.scan(all, Order.ASCENDING)) {
      while (due.size() < relationships.limits().state().sweep() && c.next()) {
        Due next = new Due(c.key(), c.value());
        if (early.is(next)) {
          return due;
        }
        due.add(next);
      }
    }
    return due;
  }

  private static long deletedAt(byte[] value) {
    return new RecordReader(value, "end of a tuple", 1).varint();
  }

  private void drop(WriteTx tx, Found found, Instant now) {
    long of = found.tenant();
    for (Due d : found.done()) {
      tx.delete(AuthzRecords.done(of, AuthzRecords.readDoneQueue(d.key()).hash()));
      tx.delete(d.key());
    }
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(of)));
    long floor = state.floor();
    for (Due d : found.old()) {
      RecordReader r = new RecordReader(d.value(), "end of a tuple", 1);
      r.varint();
      TupleKey k = AuthzRecords.readForward(r.blob());
      long deleted = AuthzRecords.oldQueueRevision(d.key());
      tx.delete(AuthzRecords.oldForward(of, k, deleted));
      tx.delete(AuthzRecords.oldReverse(of, k, deleted));
      tx.delete(d.key());
      floor = Math.max(floor, deleted);
    }
    if (floor > state.floor()) {
      state = state.floor(floor);
      tx.put(AuthzRecords.state(of), state.encode());
    }
    expire(tx, of, state, found.expired(), now);
  }

  private void expire(WriteTx tx, long of, TenantState state, List<Due> expired, Instant now) {
    TupleCommit commit = new TupleCommit(tx, of);
    Names names = relationships.schemas().names(tx, of, state);
    for (Due d : expired) {
      AuthzRecords.Expiry e = AuthzRecords.readExpiry(d.key());
      byte[] value = tx.get(AuthzRecords.forward(of, e.key()));
      Row row = value == null ? null : Row.decode(value);
      if (row == null || row.aliveAt(now.toEpochMilli())) {
        tx.delete(d.key());
      } else {
        commit.remove(TupleCommit.EXPIRED, e.key(), row, text(of, names, e.key()));
      }
    }
    if (!commit.isEmpty()) {
      commit.apply(state, new WriteRequest.By("duty:" + name, null, 0, null, null), null);
    }
  }

  /** As clients say it; what is gone keeps its stored id. */
  private String text(long of, Names names, TupleKey k) {
    String type = names.text(k.type());
    String subjectType = names.text(k.subjectType());
    String member = k.subjectMember() == 0 ? null : names.text(k.subjectMember());
    String subject = k.wildcard() ? k.subjectId() : shown(of, subjectType, k.subjectId());
    return Tuple.of(
            new ObjectRef(type, shown(of, type, k.id())),
            names.text(k.relation()),
            new SubjectRef(subjectType, subject, member))
        .key();
  }

  private String shown(long of, String type, String id) {
    String shown = relationships.ids().shown(of, type, id);
    return shown == null ? id : shown;
  }
}
