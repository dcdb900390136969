package dev.anvil.authz.store;

import dev.anvil.authz.grants.Everybody;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.store.Relationships.Owner;
import dev.anvil.authz.store.WriteRequest.By;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What everybody may in buckets as tuples for {@code anvil/public:all}. Of public access reading is
 * {@code reader} and {@code lister}, of a bucket's list {@code lister} alone; writing is {@code
 * writer} of both. One part keeps what the other gives. Settled by generations, so that a change
 * which comes late never undoes a newer one. Any thread.
 */
public final class PublicTuples {
  private static final String BUCKET = "anvil/bucket";
  private static final SubjectRef ALL = new SubjectRef("anvil/public", "all", null);
  private static final List<String> RELATIONS = List.of("reader", "lister", "writer");
  private static final int TRIES = 16;

  private final Relationships relationships;

  /** Works there. */
  public PublicTuples(Relationships relationships) {
    this.relationships = relationships;
  }

  /**
   * What everybody shall hold.
   *
   * @param bucket name
   * @param stored its id as tuples keep it: of another bucket of that name nothing is changed
   * @param direct by public access, or null where that stays
   * @param list by the bucket's list, or null where that stays
   * @param generation grows with every change of the bucket
   */
  public record Wanted(
      String bucket, String stored, Everybody direct, Everybody list, long generation) {
    private boolean any() {
      return direct != null && direct.any() || list != null && list.any();
    }
  }

  /** The tuples by their relations. */
  private record Prepared(Schema schema, int version, Map<String, Compiled> tuples) {}

  /** What tuples of the bucket itself give everybody, without condition and expiry. */
  public Everybody held(long tenant, String bucket) {
    return relationships
        .read(
            new Owner(tenant, ""),
            Consistency.FULL,
            v -> {
              if (relationships.ids().stored(tenant, BUCKET, bucket) == null) {
                return Everybody.NOTHING;
              }
              return new Everybody(
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
    Map<String, Compiled> tuples = new LinkedHashMap<>();
    for (String relation : RELATIONS) {
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
      tuples.put(relation, new Compiled(key, shape, null, 0, t.toString()));
    }
    return new Prepared(v.schema(), v.state().schemaVersion(), tuples);
  }

  private static Boolean commit(
      WriteTx tx, long tenant, Wanted wanted, Prepared prepared, By by, long millis) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(tenant)));
    if (state.schemaVersion() != prepared.version()) {
      return null;
    }
    Live live = new Live(tx, tenant, prepared.schema(), millis);
    byte[] markKey = AuthzRecords.published(tenant, wanted.stored());
    PublicMark mark = PublicMark.read(tx, markKey, live, prepared.tuples());
    if (wanted.generation() < mark.generation()) {
      return true;
    }
    boolean says = !prepared.schema().redefinesSystem();
    TupleCommit commit = new TupleCommit(tx, tenant);
    prepared
        .tuples()
        .forEach((relation, tuple) -> {
          PublicMark.Turn turn = mark.turn(relation, wanted.direct(), wanted.list());
          change(commit, live, tuple, turn, says);
        });
    tx.put(markKey, mark.after(wanted.direct(), wanted.list(), wanted.generation()).encode());
    if (!commit.isEmpty()) {
      commit.apply(state, by, "public access");
    }
    return says || !wanted.any();
  }

  private static void change(
      TupleCommit commit, Live live, Compiled tuple, PublicMark.Turn turn, boolean says) {
    Row before = live.row(tuple.key());
    switch (turn) {
      case STAY -> {}
      case OFF -> {
        if (before != null) {
          commit.remove(TupleCommit.DELETED, tuple.key(), before, tuple.text());
        }
      }
      case ON -> {
        if (says && (before == null || !before.sameValue(tuple.row(0, null, 0, null)))) {
          commit.put(tuple, before);
        }
      }
    }
  }
}
