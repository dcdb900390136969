package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.graph.Verdict;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Question;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.View;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.time.Instant;

/** Answers one question. */
public final class CheckPermission {
  /** What is asked, and how new the relationships must be. */
  public record Command(Question question, Consistency consistency) {}

  /**
   * The answer.
   *
   * @param token of the revision it rests on
   * @param evaluatedAt clock of the request
   */
  public record Result(Verdict verdict, String token, Instant evaluatedAt) {}

  private final AuthzServices services;

  /** Works on these services. */
  public CheckPermission(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:check on the member of the object. */
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
    Relationships.Answer<Verdict> answer =
        services
            .meters()
            .asked(
                "check",
                command.consistency(),
                (Relationships.Answer<Verdict> a) -> RelationMeters.result(a.value()),
                () -> r.read(owner, command.consistency(), view -> verdict(r, view, q)));
    return new Result(answer.value(), answer.token(), answer.evaluatedAt());
  }

  private Verdict verdict(Relationships r, View view, Question q) {
    Work work = new Work(r.limits().question(), r.ticker());
    try {
      return new Questions(view, r.ids(), r.limits()).check(q, work);
    } finally {
      services.meters().cost("check", work, view.seeks());
    }
  }
}
