package dev.anvil.authz.store;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes of tuples of one commit, applied together at its revision. One thread. */
final class TupleCommit {
  /** Kinds of journal entries. */
  static final String TOUCHED = "tuple.touched";

  static final String DELETED = "tuple.deleted";
  static final String EXPIRED = "tuple.expired";

  private record Step(String kind, TupleKey key, Row before, Compiled after, String text) {}

  private record ShapeKey(int type, int relation, Shape shape) {}

  private record Place(int type, int relation) {}

  private final WriteTx tx;
  private final long tenant;
  private final List<Step> steps = new ArrayList<>();

  TupleCommit(WriteTx tx, long tenant) {
    this.tx = tx;
    this.tenant = tenant;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  void put(Compiled after, Row before) {
    steps.add(new Step(TOUCHED, after.key(), before, after, after.text()));
  }

  void remove(String kind, TupleKey key, Row before, String text) {
    steps.add(new Step(kind, key, before, null, text));
  }

  /** Writes everything and returns the revision. */
  long apply(TenantState state, WriteRequest.By by, String reason) {
    long revision = tx.nextCursor() + steps.size() - 1;
    long millis = tx.committedAt().toEpochMilli();
    Map<ShapeKey, Integer> counts = new HashMap<>();
    Map<Place, Long> nested = new HashMap<>();
    long cursor = tx.nextCursor();
    int number = 0;
    for (Step s : steps) {
      if (s.before() != null) {
        retire(s, revision, number++, millis);
        count(counts, s.key(), View.shape(s.key(), s.before()), -1);
      }
      if (s.after() != null) {
        Row row = s.after().row(revision, by.actor(), millis, reason);
        tx.put(AuthzRecords.forward(tenant, s.key()), row.encode());
        tx.put(AuthzRecords.reverse(tenant, s.key()), row.encodeReverse());
        if (row.expires() != 0) {
          byte[] empty = new RecordWriter(1).toBytes();
          tx.put(AuthzRecords.expiry(tenant, row.expires(), s.key()), empty);
        }
        count(counts, s.key(), s.after().shape(), 1);
      }
      if (s.key().subjectMember() != Schema.PLAIN) {
        // its own entry's, which a consumer has passed once it has passed this change
        nested.put(new Place(s.key().type(), s.key().relation()), cursor);
      }
      journal(s, by);
      cursor++;
    }
    counts.forEach(this::add);
    nested.forEach((p, at) -> {
      byte[] value = new RecordWriter(1).varint(at).toBytes();
      tx.put(AuthzRecords.changed(tenant, p.type(), p.relation()), value);
    });
    long more = counts.values().stream().mapToLong(Integer::longValue).sum();
    tx.put(AuthzRecords.state(tenant), state.changed(revision, more).encode());
    return revision;
  }

  private void journal(Step s, WriteRequest.By by) {
    tx.append(
        new JournalDraft(
            s.kind(),
            tenant,
            s.text().getBytes(StandardCharsets.UTF_8),
            null,
            by.actor(),
            by.requestId(),
            null,
            by.idempotency(),
            by.authzRevision(),
            List.of()));
  }

  /** The row before goes to history. */
  private void retire(Step s, long revision, int number, long millis) {
    Row before = s.before();
    tx.put(AuthzRecords.oldForward(tenant, s.key(), revision), before.encode());
    tx.put(AuthzRecords.oldReverse(tenant, s.key(), revision), before.encodeReverse());
    byte[] where = AuthzRecords.forward(tenant, s.key());
    tx.put(
        AuthzRecords.oldQueue(tenant, revision, number),
        new RecordWriter(1).varint(millis).blob(where).toBytes());
    if (before.expires() != 0) {
      tx.delete(AuthzRecords.expiry(tenant, before.expires(), s.key()));
    }
    if (s.after() == null) {
      tx.delete(AuthzRecords.forward(tenant, s.key()));
      tx.delete(AuthzRecords.reverse(tenant, s.key()));
    }
  }

  private static void count(Map<ShapeKey, Integer> counts, TupleKey k, Shape shape, int by) {
    counts.merge(new ShapeKey(k.type(), k.relation(), shape), by, Integer::sum);
  }

  private void add(ShapeKey k, int by) {
    if (by == 0) {
      return;
    }
    byte[] key = AuthzRecords.shape(tenant, k.type(), k.relation(), k.shape());
    long count = count(tx.get(key)) + by;
    if (count == 0) {
      tx.delete(key);
    } else {
      tx.put(key, new RecordWriter(1).varint(count).toBytes());
    }
  }

  static long count(byte[] value) {
    return value == null ? 0 : new RecordReader(value, "tuples of a shape", 1).varint();
  }
}
