package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.tuples.ObjectRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Expands a member into the operators and tuples that it hangs on, to a depth. What is too deep or
 * too much is cut, and the cut says where the rest is read. One thread.
 */
public final class Expander {
  private static final int NESTING = 400;

  private record Place(String type, String id, String member) {}

  private final TupleSource source;
  private final Trace.Sight sight;
  private final Work work;
  private final int wide;
  private final Set<Place> told = new HashSet<>();
  private int left;
  private int nesting;

  /**
   * For one request.
   *
   * @param nodes of the whole tree
   * @param wide tuples told of one relation
   */
  public Expander(TupleSource source, Trace.Sight sight, Work work, int nodes, int wide) {
    this.source = source;
    this.sight = sight;
    this.work = work;
    this.left = nodes;
    this.wide = wide;
  }

  /**
   * The tree.
   *
   * @param id as stored
   * @param depth hops to other objects
   */
  public Trace expand(Schema.Member member, String id, int depth) {
    left--;
    work.node(0);
    ObjectRef object = Draft.object(sight, member.type(), id);
    if (object == null || !sight.readable(object, member.name())) {
      return new Draft(Trace.Kind.HIDDEN, "").done();
    }
    Draft draft = new Draft(Trace.Kind.MEMBER, object + "#" + member.name());
    if (depth < 0) {
      draft.truncated = true;
      draft.rest = member.relation() ? new Trace.Rest(object, member.name()) : null;
      return draft.done();
    }
    if (!told.add(new Place(member.type().name(), id, member.name()))) {
      draft.repeated = true;
      return draft.done();
    }
    nesting++;
    if (nesting > NESTING) {
      draft.truncated = true;
    } else if (member.relation()) {
      tuples(draft, member, id, object, null, depth);
    } else {
      add(draft, () -> plan(member, id, object, member.plan(), depth));
    }
    nesting--;
    return draft.done();
  }

  private interface Part {
    Trace told();
  }

  private void add(Draft draft, Part part) {
    if (left <= 0) {
      draft.truncated = true;
    } else {
      draft.children.add(part.told());
    }
  }

  private Trace plan(Schema.Member on, String id, ObjectRef object, Plan plan, int depth) {
    return switch (plan) {
      case Plan.Same same -> expand(same.member(), id, depth);
      case Plan.Hop hop -> arrow(id, object, hop, depth);
      case Plan.Or or -> operator(Trace.Kind.UNION, on, id, object, or.operands(), depth);
      case Plan.And and -> operator(Trace.Kind.INTERSECTION, on, id, object, and.operands(), depth);
      case Plan.Minus minus ->
          operator(
              Trace.Kind.EXCLUSION,
              on,
              id,
              object,
              List.of(minus.base(), minus.subtracted()),
              depth);
      case Plan.Never _ -> leaf(Trace.Kind.NIL, "");
      case Plan.Itself _ -> leaf(Trace.Kind.SELF, object.toString());
    };
  }

  private Trace leaf(Trace.Kind kind, String text) {
    left--;
    return new Draft(kind, text).done();
  }

  private Trace operator(
      Trace.Kind kind,
      Schema.Member on,
      String id,
      ObjectRef object,
      List<Plan> operands,
      int depth) {
    left--;
    Draft draft = new Draft(kind, "");
    operands.forEach(p -> add(draft, () -> plan(on, id, object, p, depth)));
    return draft.done();
  }

  private Trace arrow(String id, ObjectRef object, Plan.Hop hop, int depth) {
    left--;
    Trace.Kind kind = hop.all() ? Trace.Kind.ARROW_ALL : Trace.Kind.ARROW_ANY;
    Draft draft = new Draft(kind, Draft.arrow(source.schema(), hop));
    if (sight.readable(object, hop.relation().name())) {
      tuples(draft, hop.relation(), id, object, hop, depth);
    } else {
      add(draft, () -> new Draft(Trace.Kind.HIDDEN, "").done());
    }
    return draft.done();
  }

  private void tuples(
      Draft draft, Schema.Member relation, String id, ObjectRef object, Plan.Hop hop, int depth) {
    source.all(
        id,
        relation,
        edge -> {
          work.tuple();
          if (left <= 0 || draft.children.size() == wide) {
            draft.truncated = true;
            draft.rest = new Trace.Rest(object, relation.name());
            return false;
          }
          draft.children.add(tuple(relation, object, edge, hop, depth));
          return true;
        });
  }

  private Trace tuple(
      Schema.Member relation, ObjectRef object, Edge edge, Plan.Hop hop, int depth) {
    left--;
    String text = Draft.tuple(source.schema(), sight, object, relation, edge);
    if (text == null) {
      return new Draft(Trace.Kind.HIDDEN, "").done();
    }
    Draft draft = new Draft(Trace.Kind.TUPLE, text);
    if (edge.caveat() != 0) {
      String name = source.schema().condition(edge.caveat()).name();
      draft.caveat = new Trace.Caveat(name, null);
    }
    int what = hop != null ? hop.target() : edge.member();
    Schema.Member behind =
        what == Schema.PLAIN || edge.wildcard() ? null : source.schema().member(edge.type(), what);
    if (behind != null) {
      int further = depth - (edge.structural() ? 0 : 1);
      add(draft, () -> expand(behind, edge.id(), further));
    }
    return draft.done();
  }
}
