package dev.anvil.authz.store;

import dev.anvil.authz.store.Relationships.Owner;
import dev.anvil.authz.store.WriteRequest.By;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Which buckets are governed by relationships: a record of each, beside the tuples. Any thread. */
public final class Governed {
  /** Kind of the journal entry. */
  static final String CHANGED = "bucket.access";

  private static final String BUCKET = "anvil/bucket";
  private static final int TRIES = 16;

  private final Relationships relationships;

  /** Changes there. */
  public Governed(Relationships relationships) {
    this.relationships = relationships;
  }

  /** Whether the bucket is governed at the view's revision. */
  public static boolean is(View view, ObjectIds ids, String bucket) {
    String stored = ids.stored(view.tenant(), BUCKET, bucket);
    return stored != null
        && view.tx().remembered(AuthzRecords.governed(view.tenant(), stored), v -> v != null);
  }

  /** Whether the bucket of the tenant is governed now. */
  public boolean is(long tenant, String bucket) {
    String stored = relationships.ids().stored(tenant, BUCKET, bucket);
    return stored != null && was(tenant, stored);
  }

  /** Whether the bucket stored so is governed, or was until it went. */
  public boolean was(long tenant, String stored) {
    byte[] key = AuthzRecords.governed(tenant, stored);
    return relationships.home(tenant).read(tx -> tx.remembered(key, v -> v != null));
  }

  /**
   * What a switch came to.
   *
   * @param revision since which it holds, or the head if it was so already
   * @param changed whether it was otherwise before
   */
  public record Switched(long revision, boolean changed) {}

  /**
   * Switches it, in one commit; whoever switches it on owns the bucket from then on.
   *
   * @param creator becomes owner; or null
   * @throws NotFound if there is no such bucket
   */
  public Switched set(Owner owner, String bucket, boolean on, SubjectRef creator, By by) {
    String stored = relationships.ids().stored(owner.id(), BUCKET, bucket);
    if (stored == null) {
      throw new NotFound(
          NotFound.Reason.BUCKET,
          "there is no bucket '" + bucket + "'; check the name",
          Map.of("bucket", bucket));
    }
    Instant now = relationships.now();
    for (int i = 0; i < TRIES; i++) {
      Prepared prepared =
          relationships
              .read(owner, Consistency.FULL, v -> prepare(v, owner, bucket, on, creator))
              .value();
      Switched done =
          relationships
              .home(owner.id())
              .write(tx -> commit(tx, owner, stored, on, prepared, by, now))
              .value();
      if (done != null) {
        return done;
      }
    }
    throw TupleWrites.contended();
  }

  private record Prepared(Compiled ownership, View view) {}

  private Prepared prepare(View view, Owner owner, String bucket, boolean on, SubjectRef creator) {
    if (!on || creator == null) {
      return new Prepared(null, view);
    }
    Tuple tuple = Tuple.of(new ObjectRef(BUCKET, bucket), "owner", creator);
    Compiled compiled =
        new TupleCompiler(
                view.schema(),
                view.names(),
                relationships.ids(),
                owner.id(),
                relationships.limits().write())
            .compile(tuple);
    return new Prepared(compiled, view);
  }

  private Switched commit(
      WriteTx tx, Owner owner, String stored, boolean on, Prepared prepared, By by, Instant now) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(owner.id())));
    if (state.schemaVersion() != prepared.view().state().schemaVersion()) {
      return null;
    }
    byte[] key = AuthzRecords.governed(owner.id(), stored);
    boolean was = tx.get(key) != null;
    if (was == on) {
      return new Switched(state.revision(), false);
    }
    if (on) {
      tx.put(key, new RecordWriter(1).toBytes());
    } else {
      tx.delete(key);
    }
    long revision =
        tx.append(
            new JournalDraft(
                CHANGED,
                owner.id(),
                stored.getBytes(StandardCharsets.UTF_8),
                on ? "relationships" : "scopes",
                by.actor(),
                by.requestId(),
                null,
                by.idempotency(),
                by.authzRevision(),
                List.of()));
    tx.put(AuthzRecords.state(owner.id()), state.changed(revision, 0).encode());
    Compiled own = prepared.ownership();
    if (own == null) {
      return new Switched(revision, true);
    }
    Live live = new Live(tx, owner.id(), prepared.view().schema(), now.toEpochMilli());
    TupleCommit commit = new TupleCommit(tx, owner.id());
    Row before = live.row(own.key());
    if (before == null || !live.alive(own.key(), before)) {
      commit.put(own, before);
    }
    long last =
        commit.isEmpty()
            ? revision
            : commit.apply(state.changed(revision, 0), by, "made the bucket governed");
    return new Switched(last, true);
  }
}
