package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.graph.Trace;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Walk;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.AnvilException;
import java.time.Instant;

/** Answers one question and tells how the answer came about. */
public final class ExplainPermission {
  /** What is asked, and how new the relationships must be. */
  public record Command(Question question, Consistency consistency) {}

  /**
   * The answer of {@link CheckPermission} with its trace.
   *
   * @param verdict null if there is a failure
   * @param failure a condition failed or the bound of depth was met, or null; the trace tells where
   * @param trace of at most {@code traceNodes} nodes; what the caller may not read is hidden
   * @param token of the revision it rests on
   * @param evaluatedAt clock of the request
   */
  public record Result(
      Verdict verdict, AnvilException failure, Trace trace, String token, Instant evaluatedAt) {}

  private final AuthzServices services;

  /** Works on these services. */
  public ExplainPermission(AuthzServices services) {
    this.services = services;
  }

  /**
   * Needs authz:check on the member of the object, and authz:tuple_read on what the trace shows.
   */
  public Result execute(Call call, Command command) {
    Question q = command.question();
    services
        .access()
        .require(
            call,
            Action.AUTHZ_CHECK,
            Resource.relation(q.resource().type(), q.resource().id(), q.permission()));
    Relationships r = services.relationships();
    Relationships.Owner owner = services.owner(call);
    Sights sights = new Sights(services, call, owner);
    Relationships.Answer<Walk.Explained> answer =
        services
            .meters()
            .asked(
                "explain",
                command.consistency(),
                (Relationships.Answer<Walk.Explained> a) ->
                    a.value().verdict() == null
                        ? "error"
                        : RelationMeters.result(a.value().verdict()),
                () ->
                    r.read(
                        owner,
                        command.consistency(),
                        view ->
                            new Questions(view, r.ids(), r.limits())
                                .explain(q, new Work(r.limits().question(), r.ticker()), sights)));
    Walk.Explained told = answer.value();
    return new Result(
        told.verdict(), told.failure(), told.trace(), answer.token(), answer.evaluatedAt());
  }
}
