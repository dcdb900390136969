package dev.anvil.authz.store;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.store.Relationships.Owner;
import dev.anvil.authz.store.WriteRequest.By;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Public access of buckets as tuples for {@code anvil/public:all}: reading is {@code reader} and
 * {@code lister}, writing is {@code writer}. Settled by generations, so that a change which comes
 * late never undoes a newer one. Any thread.
 */
public final class PublicTuples {
  /** Nothing. */
  public static final Held NONE = new Held(false, false);

  private static final String BUCKET = "anvil/bucket";
  private static final SubjectRef ALL = new SubjectRef("anvil/public", "all", null);
  private static final int TRIES = 16;

  private final Relationships relationships;

  /** Works there. */
  public PublicTuples(Relationships relationships) {
    this.relationships = relationships;
  }

  /** What everybody may do in a bucket. */
  public record Held(boolean read, boolean write) {}

  /**
   * What everybody shall hold.
   *
   * @param bucket name
   * @param stored its id as tuples keep it: of another bucket of that name nothing is changed
   * @param generation grows with every change of the bucket
   */
  public record Wanted(
      String bucket, String stored, boolean read, boolean write, long generation) {}

  private record Prepared(Schema schema, int version, Map<Compiled, Boolean> tuples) {}

  /** What tuples of the bucket itself give everybody, without condition and expiry. */
  public Held held(long tenant, String bucket) {
    return relationships
        .read(
            new Owner(tenant, ""),
            Consistency.FULL,
            v -> {
              if (relationships.ids().stored(tenant, BUCKET, bucket) == null) {
                return NONE;
              }
              return new Held(
                  stands(v, bucket, "reader") && stands(v, bucket, "lister"),
                  stands(v, bucket, "writer"));
            })
        .value();
  }

  private boolean stands(View v, String bucket, String relation) {
    long now = relationships.now().toEpochMilli();
    Live live = new Live(v.tx(), v.tenant(), v.schema(), now);
    TupleKey key =
        new TupleCompiler(
                v.schema(),
                v.names(),
                relationships.ids(),
                v.tenant(),
                relationships.limits().write())
            .key(tuple(bucket, relation));
    Row row = live.row(key);
    return row != null && live.alive(key, row) && row.caveat() == 0 && row.expires() == 0;
  }

  /**
   * Writes and deletes the tuples, in one commit. A schema that redefines the server's own types
   * may make more of a tuple than public access is: under it none is written.
   *
   * @return whether the tuples say what is wanted, or a newer generation was here
   */
  public boolean set(Owner owner, Wanted wanted, By by) {
    Instant now = relationships.now();
    for (int i = 0; i < TRIES; i++) {
      if (!wanted
          .stored()
          .equals(relationships.ids().stored(owner.id(), BUCKET, wanted.bucket()))) {
        return false;
      }
      Prepared prepared =
          relationships.read(owner, Consistency.FULL, v -> prepare(v, owner, wanted)).value();
      Boolean done =
          relationships
              .home(owner.id())
              .write(tx -> commit(tx, owner.id(), wanted, prepared, by, now.toEpochMilli()))
              .value();
      if (done != null) {
        return done;
      }
    }
    throw TupleWrites.contended();
  }

  private static Tuple tuple(String bucket, String relation) {
    return Tuple.of(new ObjectRef(BUCKET, bucket), relation, ALL);
  }

  private Prepared prepare(View v, Owner owner, Wanted wanted) {
    TupleCompiler compiler =
        new TupleCompiler(
            v.schema(), v.names(), relationships.ids(), owner.id(), relationships.limits().write());
    Map<Compiled, Boolean> tuples = new LinkedHashMap<>();
    Map<String, Boolean> relations = new LinkedHashMap<>();
    relations.put("reader", wanted.read());
    relations.put("lister", wanted.read());
    relations.put("writer", wanted.write());
    relations.forEach((relation, on) -> {
      Tuple t = tuple(wanted.bucket(), relation);
      TupleKey k = compiler.key(t);
      // looked up by name once more: another bucket may have taken it
      TupleKey key =
          new TupleKey(
              k.type(),
              wanted.stored(),
              k.relation(),
              k.subjectType(),
              k.subjectMember(),
              k.subjectId());
      boolean wildcard = false;
      Shape shape = new Shape(key.subjectType(), key.subjectMember(), false, 0, false);
      tuples.put(new Compiled(key, shape, null, 0, t.toString()), on);
    });
    return new Prepared(v.schema(), v.state().schemaVersion(), tuples);
  }

  private static Boolean commit(
      WriteTx tx, long tenant, Wanted wanted, Prepared prepared, By by, long millis) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(tenant)));
    if (state.schemaVersion() != prepared.version()) {
      return null;
    }
    byte[] mark = AuthzRecords.published(tenant, wanted.stored());
    long settled = generation(tx, mark);
    if (wanted.generation() < settled) {
      return true;
    }
    boolean says = !prepared.schema().redefinesSystem();
    Live live = new Live(tx, tenant, prepared.schema(), millis);
    TupleCommit commit = new TupleCommit(tx, tenant);
    prepared.tuples().forEach((tuple, on) -> change(commit, live, tuple, on, says));
    if (wanted.generation() > settled) {
      tx.put(mark, new RecordWriter(1).varint(wanted.generation()).toBytes());
    }
    if (!commit.isEmpty()) {
      commit.apply(state, by, "public access");
    }
    return says || !wanted.read() && !wanted.write();
  }

  private static void change(
      TupleCommit commit, Live live, Compiled tuple, boolean on, boolean says) {
    Row before = live.row(tuple.key());
    if (!on) {
      if (before != null) {
        commit.remove(TupleCommit.DELETED, tuple.key(), before, tuple.text());
      }
    } else if (says && (before == null || !before.sameValue(tuple.row(0, null, 0, null)))) {
      commit.put(tuple, before);
    }
  }

  private static long generation(ReadTx tx, byte[] mark) {
    byte[] value = tx.get(mark);
    return value == null ? 0 : new RecordReader(value, "generation of public access", 1).varint();
  }
}
