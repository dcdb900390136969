package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.tuples.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells how a question came to its answer, from the nodes that it met. One thread. */
final class Tracer {
  private static final int NESTING = 400;

  private final Expansion met;
  private final Formula formula;
  private final Trace.Sight sight;
  private final Set<Node.Key> told = new HashSet<>();
  private int left;
  private int nesting;

  Tracer(Expansion met, Trace.Sight sight) {
    this.met = met;
    this.formula = new Formula(met);
    this.sight = sight;
    this.left = met.work.limits().traceNodes();
  }

  /** The tree below a member; hidden members have no text and no parts. */
  Trace member(int type, String id, Schema.Member member) {
    left--;
    Node.Key key = new Node.Key(type, id, member.id());
    Node n = met.nodes.get(key);
    ObjectRef object = Draft.object(sight, member.type(), id);
    if (object == null || !sight.readable(object, member.name())) {
      return new Draft(Trace.Kind.HIDDEN, "").done();
    }
    Draft draft = new Draft(Trace.Kind.MEMBER, object + "#" + member.name());
    draft.of(n != null ? n.value : met.reaches.test(member) ? null : Truth.NO);
    if (n == null || draft.outcome == Trace.Outcome.NOT_EVALUATED) {
      return draft.done();
    }
    if (!told.add(key)) {
      draft.repeated = true;
      return draft.done();
    }
    nesting++;
    if (nesting > NESTING) {
      draft.truncated = true;
    } else if (n.permission()) {
      add(draft, () -> plan(n, object, member.plan()));
    } else {
      terms(draft, n, object);
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

  private Trace plan(Node on, ObjectRef object, Plan plan) {
    return switch (plan) {
      case Plan.Same same -> member(on.key.type(), on.key.id(), same.member());
      case Plan.Hop hop -> arrow(on, object, hop);
      case Plan.Or or -> operator(Trace.Kind.UNION, on, object, plan, or.operands());
      case Plan.And and -> operator(Trace.Kind.INTERSECTION, on, object, plan, and.operands());
      case Plan.Minus minus ->
          operator(
              Trace.Kind.EXCLUSION, on, object, plan, List.of(minus.base(), minus.subtracted()));
      case Plan.Never _ -> leaf(Trace.Kind.NIL, Truth.NO);
      case Plan.Itself _ -> leaf(Trace.Kind.SELF, met.itself(on));
    };
  }

  private Trace leaf(Trace.Kind kind, Truth truth) {
    left--;
    return new Draft(kind, "").of(truth).done();
  }

  private Trace operator(
      Trace.Kind kind, Node on, ObjectRef object, Plan plan, List<Plan> operands) {
    left--;
    Draft draft = new Draft(kind, "").of(formula.known(on, plan));
    operands.forEach(p -> add(draft, () -> plan(on, object, p)));
    return draft.done();
  }

  private Trace arrow(Node on, ObjectRef object, Plan.Hop hop) {
    left--;
    Node n = met.leaf(on, hop);
    Trace.Kind kind = hop.all() ? Trace.Kind.ARROW_ALL : Trace.Kind.ARROW_ANY;
    Draft draft = new Draft(kind, Draft.arrow(met.source.schema(), hop));
    draft.of(n != null ? n.value : met.can(hop) ? null : Truth.NO);
    if (n != null && draft.outcome != Trace.Outcome.NOT_EVALUATED) {
      if (sight.readable(object, hop.relation().name())) {
        terms(draft, n, object);
      } else {
        add(draft, () -> new Draft(Trace.Kind.HIDDEN, "").done());
      }
    }
    return draft.done();
  }

  private static Truth truth(Node.Term t) {
    Truth inner = t.child == null ? Truth.YES : t.child.value;
    return inner == null ? t.gate.no() ? Truth.NO : null : t.gate.and(inner);
  }

  /** What decides is told first, so that a tree that is cut still shows it. */
  private void terms(Draft draft, Node n, ObjectRef object) {
    if (n.terms == null) {
      return;
    }
    List<Node.Term> order = new ArrayList<>(n.terms);
    order.sort(Comparator.comparing(t -> rank(n, truth(t))));
    for (Node.Term t : order) {
      if (left <= 0) {
        draft.truncated = true;
        draft.rest = new Trace.Rest(object, n.member.name());
        return;
      }
      draft.children.add(term(n, object, t));
    }
  }

  private static int rank(Node n, Truth truth) {
    boolean decides = truth != null && (n.all() ? truth.no() : truth.yes());
    return decides ? 0 : truth == null ? 3 : truth.open() ? 1 : 2;
  }

  private Trace term(Node n, ObjectRef object, Node.Term t) {
    left--;
    String text = Draft.tuple(met.source.schema(), sight, object, n.member, t.edge);
    if (text == null) {
      return new Draft(Trace.Kind.HIDDEN, "").done();
    }
    Draft draft = new Draft(Trace.Kind.TUPLE, text).of(truth(t));
    if (t.edge.caveat() != 0) {
      String name = met.source.schema().condition(t.edge.caveat()).name();
      draft.caveat = new Trace.Caveat(name, Trace.Outcome.of(t.gate));
    }
    if (t.child != null) {
      Node.Key k = t.child.key;
      add(draft, () -> member(k.type(), k.id(), t.child.member));
    }
    return draft.done();
  }
}
