package dev.anvil.authz.store;

import dev.anvil.authz.limits.AuthzLimits.WriteLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.store.Relationships.Owner;
import dev.anvil.authz.store.WriteRequest.By;
import dev.anvil.authz.store.WriteRequest.Change;
import dev.anvil.authz.store.WriteRequest.Effect;
import dev.anvil.authz.store.WriteRequest.Op;
import dev.anvil.authz.store.WriteRequest.Precondition;
import dev.anvil.authz.store.WriteRequest.Receipt;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes tuples: checked on a snapshot, decided and applied in one commit. Any thread. */
public final class TupleWrites {
  private static final int TRIES = 16;

  private final Relationships relationships;
  private final WriteLimits limits;

  /** Writes there. */
  public TupleWrites(Relationships relationships) {
    this.relationships = relationships;
    this.limits = relationships.limits().write();
  }

  /** One change as it will be applied; a delete has no tuple compiled. */
  private record Ready(Change change, TupleKey key, Compiled tuple) {}

  private record Checked(List<Ready> ready, Schema schema, Names names, int version) {}

  /**
   * All or nothing.
   *
   * @throws Invalid for a tuple that the schema does not admit, or one twice
   * @throws Conflict TupleExists, IdempotencyMismatch
   * @throws PreconditionFailed if a precondition or the schema version is not met
   * @throws LimitExceeded TooLarge past a bound
   */
  public Receipt write(Owner owner, WriteRequest request, By by) {
    bounds(request);
    Instant now = relationships.now();
    int reads = Math.min(4_096, request.changes().size() * 2 + limits.preconditionReads() + 64);
    for (int i = 0; i < TRIES; i++) {
      Checked checked =
          relationships.read(owner, Consistency.FULL, v -> check(owner, v, request)).value();
      WriteBounds bounds = new WriteBounds(reads, request.changes().size() * 512 + 1_024);
      Receipt done =
          relationships
              .home(owner.id())
              .write(bounds, tx -> commit(tx, owner, request, by, checked, now))
              .value();
      if (done != null) {
        return done;
      }
    }
    throw contended();
  }

  static Unavailable contended() {
    return new Unavailable(
        Unavailable.Reason.UNAVAILABLE, "the schema keeps changing while this is written; retry");
  }

  private void bounds(WriteRequest request) {
    tooLarge("updates", request.changes().size(), limits.updates());
    tooLarge("preconditions", request.preconditions().size(), limits.preconditions());
    String reason = request.reason() == null ? "" : request.reason();
    tooLarge("reasonBytes", reason.getBytes(StandardCharsets.UTF_8).length, limits.reasonBytes());
    long bytes = 0;
    Set<String> keys = new HashSet<>();
    for (Change c : request.changes()) {
      String key = c.tuple().key();
      bytes += c.tuple().toString().length();
      if (!keys.add(key)) {
        throw new Invalid(
            Invalid.Reason.DUPLICATE_UPDATE,
            "tuple '" + key + "' is changed twice in one write; name it once",
            Map.of("tuple", key));
      }
    }
    tooLarge("requestBytes", bytes, limits.requestBytes());
  }

  static void tooLarge(String limit, long value, long most) {
    if (value > most) {
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          "a write has at most " + most + " " + limit + ", this one " + value + "; split it",
          Map.of("limit", limit, "max", most, "value", value));
    }
  }

  private Checked check(Owner owner, View view, WriteRequest request) {
    TupleCompiler compiler =
        new TupleCompiler(view.schema(), view.names(), relationships.ids(), owner.id(), limits);
    List<Ready> ready = new ArrayList<>();
    for (Change c : request.changes()) {
      Compiled tuple = c.op() == Op.DELETE ? null : compiler.compile(c.tuple());
      ready.add(new Ready(c, tuple == null ? compiler.deleted(c.tuple()) : tuple.key(), tuple));
    }
    return new Checked(ready, view.schema(), view.names(), view.state().schemaVersion());
  }

  private Receipt commit(
      WriteTx tx, Owner owner, WriteRequest request, By by, Checked checked, Instant now) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(owner.id())));
    Finished.Try before = Finished.find(tx, owner.id(), by, now.toEpochMilli());
    if (before != null) {
      return receipt(owner, before, checked, true);
    }
    if (state.schemaVersion() != checked.version()) {
      return null;
    }
    require(request, state);
    Live live = new Live(tx, owner.id(), checked.schema(), now.toEpochMilli());
    preconditions(tx, owner, request.preconditions(), checked.names(), live);
    TupleCommit commit = new TupleCommit(tx, owner.id());
    List<Effect> effects = new ArrayList<>();
    for (Ready r : checked.ready()) {
      effects.add(decide(commit, live, r));
    }
    long revision = commit.isEmpty() ? state.revision() : commit.apply(state, by, request.reason());
    Finished.Try done = new Finished.Try(revision, effects);
    Finished.remember(tx, owner.id(), by, relationships.limits().state().idempotency(), done);
    return receipt(owner, done, checked, false);
  }

  private Receipt receipt(Owner owner, Finished.Try done, Checked checked, boolean replayed) {
    String token =
        relationships.tokens().token(owner.id(), done.revision(), checked.schema().digest());
    return new Receipt(done.revision(), token, done.effects(), replayed);
  }

  private static void require(WriteRequest request, TenantState state) {
    if (request.schemaVersion() != null && request.schemaVersion() != state.schemaVersion()) {
      throw new PreconditionFailed(
          PreconditionFailed.Reason.PRECONDITION,
          "schema version "
              + state.schemaVersion()
              + " is in force, not "
              + request.schemaVersion()
              + "; read the schema again",
          Map.of("schemaVersion", state.schemaVersion()));
    }
  }

  private Effect decide(TupleCommit commit, Live live, Ready r) {
    Row before = live.row(r.key());
    boolean stands = before != null && live.alive(r.key(), before);
    if (r.change().op() == Op.DELETE) {
      if (before == null || !before.aliveAt(live.millis())) {
        return Effect.ABSENT;
      }
      commit.remove(TupleCommit.DELETED, r.key(), before, r.change().tuple().key());
      return Effect.DELETED;
    }
    if (stands && r.change().op() == Op.CREATE) {
      String key = r.change().tuple().key();
      throw new Conflict(
          Conflict.Reason.TUPLE_EXISTS,
          "tuple '" + key + "' exists; touch it to replace its value",
          Map.of("tuple", key));
    }
    Row after = r.tuple().row(0, null, 0, null);
    if (stands && before.sameValue(after)) {
      return Effect.UNCHANGED;
    }
    commit.put(r.tuple(), before);
    return stands ? Effect.UPDATED : Effect.CREATED;
  }

  void preconditions(WriteTx tx, Owner owner, List<Precondition> all, Names names, Live live) {
    int[] looked = {0};
    for (Precondition p : all) {
      Selection selection = new Selection(p.filter(), names, relationships.ids(), owner.id());
      boolean[] found = {false};
      selection.now(
          tx,
          null,
          (k, value) -> {
            Row row = selection.forward() ? Row.decode(value) : Row.decodeReverse(value);
            found[0] = live.alive(k, row);
            return !found[0];
          },
          () -> tooLarge("preconditionReads", ++looked[0], limits.preconditionReads()));
      if (found[0] != p.match()) {
        throw new PreconditionFailed(
            PreconditionFailed.Reason.PRECONDITION,
            p.match()
                ? "no live tuple matches a precondition; read again and decide anew"
                : "a live tuple matches a precondition that forbids it; read again",
            Map.of("must", p.match() ? "match" : "not_match"));
      }
    }
  }
}
