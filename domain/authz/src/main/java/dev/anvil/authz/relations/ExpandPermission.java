package dev.anvil.authz.relations;

import dev.anvil.authz.Resource;
import dev.anvil.authz.graph.Expander;
import dev.anvil.authz.graph.Trace;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.limits.AuthzLimits.QuestionLimits;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Questions;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.View;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Invalid;
import java.time.Instant;
import java.util.Map;

/** Expands a member of an object into the tree of operators and tuples behind it. */
public final class ExpandPermission {
  /**
   * What to expand.
   *
   * @param permission permission or relation
   * @param depth hops to other objects, 0 for the usual depth
   */
  public record Command(
      ObjectRef resource, String permission, int depth, Consistency consistency) {}

  /**
   * The tree; what is cut says so and names the tuples to read.
   *
   * @param token of the revision it rests on
   */
  public record Result(Trace tree, String token, Instant evaluatedAt) {}

  private final AuthzServices services;

  /** Works on these services. */
  public ExpandPermission(AuthzServices services) {
    this.services = services;
  }

  /** Needs authz:tuple_read on the member of the object; what else may not be read is hidden. */
  public Result execute(Call call, Command command) {
    ObjectRef on = command.resource();
    services
        .access()
        .require(
            call,
            Action.AUTHZ_TUPLE_READ,
            Resource.relation(on.type(), on.id(), command.permission()));
    Relationships r = services.relationships();
    Relationships.Owner owner = services.owner(call);
    Sights sights = new Sights(services, call, owner);
    int depth = depth(command.depth(), r.limits().question());
    Relationships.Answer<Trace> answer =
        services
            .meters()
            .asked(
                "expand",
                command.consistency(),
                (Relationships.Answer<Trace> a) -> "answered",
                () ->
                    r.read(
                        owner,
                        command.consistency(),
                        view -> tree(command, r, view, sights, depth)));
    return new Result(answer.value(), answer.token(), answer.evaluatedAt());
  }

  private static Trace tree(Command command, Relationships r, View view, Sights sights, int depth) {
    QuestionLimits limits = r.limits().question();
    ObjectRef on = command.resource();
    Schema.Member member = Questions.member(view.schema(), on.type(), command.permission());
    String id = new Questions(view, r.ids(), r.limits()).stored(on);
    if (id.isEmpty()) {
      // of what does not exist nothing is known but its name
      return Trace.ofNothing(on + "#" + command.permission());
    }
    Work work = Work.page(limits, r.ticker());
    return new Expander(view, sights, work, limits.nodes(), limits.maxPage())
        .expand(member, id, depth);
  }

  private static int depth(int asked, QuestionLimits limits) {
    if (asked < 0 || asked > limits.expandDepth()) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "an expansion goes 1 to " + limits.expandDepth() + " hops deep, asked for " + asked,
          Map.of("limit", limits.expandDepth(), "value", asked));
    }
    return asked == 0 ? limits.expandDepth() : asked;
  }
}
