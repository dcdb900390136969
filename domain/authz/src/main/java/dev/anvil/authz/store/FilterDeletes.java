package dev.anvil.authz.store;

import dev.anvil.authz.store.Relationships.Owner;
import dev.anvil.authz.store.WriteRequest.By;
import dev.anvil.authz.store.WriteRequest.Precondition;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Deletes what a filter matches, in one commit. Any thread. */
public final class FilterDeletes {
  private static final int TRIES = 16;

  private final Relationships relationships;
  private final TupleWrites writes;
  private final int most;

  /** Deletes there. */
  public FilterDeletes(Relationships relationships) {
    this.relationships = relationships;
    this.writes = new TupleWrites(relationships);
    this.most = relationships.limits().write().deleteByFilter();
  }

  /**
   * What to delete.
   *
   * @param partial whether a part may be deleted if it is too much for one commit
   * @param dry whether only to count
   */
  public record Request(
      Filter filter, List<Precondition> preconditions, boolean partial, boolean dry) {}

  /**
   * What was deleted.
   *
   * @param complete whether nothing that matches is left
   */
  public record Done(int deleted, boolean complete, String token) {}

  private record Seen(List<TupleKey> keys, List<String> texts, boolean more, View view) {}

  /**
   * All that matches, or as much as one commit holds if the caller says so.
   *
   * @throws LimitExceeded TooLarge if it is too much and must be whole; nothing is deleted
   */
  public Done delete(Owner owner, Request request, By by) {
    Instant now = relationships.now();
    for (int i = 0; i < TRIES; i++) {
      Relationships.Answer<Seen> seen =
          relationships.read(owner, Consistency.FULL, v -> find(v, request.filter()));
      if (seen.value().more() && !request.partial()) {
        throw new LimitExceeded(
            LimitExceeded.Reason.TOO_LARGE,
            "more than " + most + " tuples match; narrow the filter or allow a partial delete",
            Map.of("limit", "deleteByFilter", "max", most));
      }
      if (request.dry()) {
        return new Done(seen.value().keys().size(), !seen.value().more(), seen.token());
      }
      Done done =
          relationships
              .home(owner.id())
              .write(
                  new WriteBounds(4_096, seen.value().keys().size() * 512 + 1_024),
                  tx -> commit(tx, owner, request, by, seen, now))
              .value();
      if (done != null) {
        return done;
      }
    }
    throw TupleWrites.contended();
  }

  private Seen find(View view, Filter filter) {
    Selection selection = new Selection(filter, view.names(), relationships.ids(), view.tenant());
    List<TupleKey> keys = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    TupleTexts shown = new TupleTexts(view, relationships.ids());
    int[] looked = {0};
    int budget = relationships.limits().question().pageNodes();
    selection.now(
        view.tx(),
        null,
        (k, value) -> {
          Row row = view.row(k);
          if (row == null || !row.aliveAt(view.millis())) {
            return true; // the dead are the sweep's, which tells that they expired
          }
          if (keys.size() < most) {
            keys.add(k);
            var tuple = shown.tuple(k, row);
            texts.add(tuple == null ? view.names().text(k.type()) : tuple.key());
            return true;
          }
          looked[0] = -1;
          return false;
        },
        () -> TupleWrites.tooLarge("rowsLookedAt", ++looked[0], budget));
    return new Seen(keys, texts, looked[0] < 0, view);
  }

  private Done commit(
      WriteTx tx,
      Owner owner,
      Request request,
      By by,
      Relationships.Answer<Seen> seen,
      Instant now) {
    TenantState state = TenantState.decode(tx.get(AuthzRecords.state(owner.id())));
    if (state.revision() != seen.revision()) {
      return null;
    }
    View view = seen.value().view();
    Live live = new Live(tx, owner.id(), view.schema(), now.toEpochMilli());
    writes.preconditions(tx, owner, request.preconditions(), view.names(), live);
    TupleCommit commit = new TupleCommit(tx, owner.id());
    for (int i = 0; i < seen.value().keys().size(); i++) {
      TupleKey k = seen.value().keys().get(i);
      Row row = live.row(k);
      if (row != null) {
        commit.remove(TupleCommit.DELETED, k, row, seen.value().texts().get(i));
      }
    }
    long revision = commit.isEmpty() ? state.revision() : commit.apply(state, by, null);
    String token = relationships.tokens().token(owner.id(), revision, view.schema().digest());
    return new Done(seen.value().keys().size(), !seen.value().more(), token);
  }
}
