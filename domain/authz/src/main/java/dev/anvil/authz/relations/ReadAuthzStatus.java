package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.store.ClosureSwitches;
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
   * The state.
   *
   * @param token of the head
   * @param revision of the head
   * @param schemaVersion 0 while only the server's own types exist
   * @param schemaDigest in hexadecimal
   * @param tuples stored
   * @param closures each with its lag
   */
  public record Result(
      String token,
      long revision,
      int schemaVersion,
      String schemaDigest,
      long tuples,
      List<ClosureSwitches.Standing> closures,
      Instant evaluatedAt) {
    /** Copies the list. */
    public Result {
      closures = List.copyOf(closures);
    }
  }

  private record State(
      int version, String digest, long tuples, List<ClosureSwitches.Standing> closures) {}

  private final AuthzServices services;

  /** Works on these services. */
  public ReadAuthzStatus(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:check on everything. */
  public Result execute(Call call, Command command) {
    services.access().require(call, Action.AUTHZ_CHECK, Resource.relation(null, null, null));
    Relationships r = services.relationships();
    Relationships.Owner owner = services.owner(call);
    Relationships.Answer<State> answer =
        r.read(owner, Consistency.FULL, view -> state(r, owner, view));
    State s = answer.value();
    return new Result(
        answer.token(),
        answer.revision(),
        s.version(),
        s.digest(),
        s.tuples(),
        s.closures(),
        answer.evaluatedAt());
  }

  private static State state(Relationships r, Relationships.Owner owner, View view) {
    long head = r.home(owner.id()).head().cursor();
    return new State(
        view.schemaVersion(),
        view.schema().digestText(),
        view.tuples(),
        new ClosureSwitches(r).standings(view, head));
  }
}
