package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.View;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.time.Instant;
import java.util.List;

/** Tells where the relationships of the caller's tenant stand. */
public final class ReadAuthzStatus {
  /** Nothing to choose. */
  public record Command() {}

  /**
   * How far one closure is.
   *
   * @param on whether it is kept
   * @param building whether it is being built and serves nothing yet
   * @param through cursor up to which it covers the journal
   * @param lagEntries changes of nested sets that it does not cover yet, at most
   * @param sets that it keeps a row of
   * @param pairs of a set and a set above it
   * @param fallbacks questions on this node since its start that were walked for its lag
   */
  public record Closure(
      String type,
      String relation,
      boolean on,
      boolean building,
      long through,
      long lagEntries,
      long sets,
      long pairs,
      long fallbacks) {}

  /**
   * The state.
   *
   * @param token of the head
   * @param revision of the head
   * @param schemaVersion 0 while only the server's own types exist
   * @param schemaDigest in hexadecimal
   * @param tuples stored
   */
  public record Result(
      String token,
      long revision,
      int schemaVersion,
      String schemaDigest,
      long tuples,
      List<Closure> closures,
      Instant evaluatedAt) {
    /** Copies the list. */
    public Result {
      closures = List.copyOf(closures);
    }
  }

  private record State(int version, String digest, long tuples) {}

  private final AuthzServices services;

  /** Works on these services. */
  public ReadAuthzStatus(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:check on everything. */
  public Result execute(Call call, Command command) {
    services.access().require(call, Action.AUTHZ_CHECK, Resource.relation(null, null, null));
    Relationships.Answer<State> answer =
        services
            .relationships()
            .read(services.owner(call), Consistency.FULL, ReadAuthzStatus::state);
    State s = answer.value();
    return new Result(
        answer.token(),
        answer.revision(),
        s.version(),
        s.digest(),
        s.tuples(),
        List.of(),
        answer.evaluatedAt());
  }

  private static State state(View view) {
    return new State(view.schemaVersion(), view.schema().digestText(), view.tuples());
  }
}
