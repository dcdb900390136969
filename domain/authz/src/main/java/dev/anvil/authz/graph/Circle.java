package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import java.util.List;

/**
 * Gives values to nodes that hang on each other: the well-founded model, by alternating least
 * fixpoints of a lower and an upper bound. What is missing or faulty lies between the bounds. What
 * is subtracted counts with the other bound of the round before.
 */
final class Circle {
  private final Expansion met;
  private final Formula formula;
  private final List<Node> members;

  /** The members have no value yet, and all else that they hang on has one. */
  Circle(Expansion met, Formula formula, List<Node> members) {
    this.met = met;
    this.formula = formula;
    this.members = members;
  }

  void solve() {
    for (Node n : members) {
      n.lo = false;
      n.hi = true;
    }
    boolean changed = true;
    while (changed) {
      changed = least(false);
      changed |= least(true);
    }
    for (Node n : members) {
      n.value = n.lo ? Truth.YES : n.hi ? Truth.UNDEFINED : Truth.NO;
    }
    reasons();
  }

  /** One bound by least fixpoint; whether it moved. */
  private boolean least(boolean upper) {
    members.forEach(n -> n.next = false);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Node n : members) {
        met.work.step();
        if (!n.next && holds(n, upper)) {
          n.next = true;
          grew = true;
        }
      }
    }
    boolean moved = false;
    for (Node n : members) {
      moved |= n.next != (upper ? n.hi : n.lo);
      if (upper) {
        n.hi = n.next;
      } else {
        n.lo = n.next;
      }
    }
    return moved;
  }

  private boolean holds(Node n, boolean upper) {
    if (n.permission()) {
      return holds(n, n.member.plan(), upper, true);
    }
    if (n.all() && n.terms.isEmpty()) {
      return false;
    }
    for (Node.Term t : n.terms) {
      boolean one = bound(t.gate, upper) && (t.child == null || bound(t.child, upper, true));
      if (one != n.all()) {
        return one;
      }
    }
    return n.all();
  }

  private static boolean bound(Truth known, boolean upper) {
    return known.yes() || upper && known.open();
  }

  private static boolean bound(Node n, boolean upper, boolean now) {
    if (n.value != null) {
      return bound(n.value, upper);
    }
    return now ? n.next : upper ? n.hi : n.lo;
  }

  private boolean holds(Node on, Plan plan, boolean upper, boolean now) {
    return switch (plan) {
      case Plan.Never _ -> false;
      case Plan.Itself _ -> met.itself(on).yes();
      case Plan.Same _, Plan.Hop _ -> {
        Node leaf = met.leaf(on, plan);
        yield leaf != null && bound(leaf, upper, now);
      }
      case Plan.Or or -> or.operands().stream().anyMatch(p -> holds(on, p, upper, now));
      case Plan.And and -> and.operands().stream().allMatch(p -> holds(on, p, upper, now));
      case Plan.Minus minus ->
          holds(on, minus.base(), upper, now) && !holds(on, minus.subtracted(), !upper, false);
    };
  }

  /** Carries missing names and faults around the circle until nothing is added. */
  private void reasons() {
    List<Node> open = members.stream().filter(n -> n.value.open()).toList();
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Node n : open) {
        met.work.step();
        Truth with = n.value.both(formula.value(n));
        if (!with.equals(n.value)) {
          n.value = with;
          grew = true;
        }
      }
    }
  }
}
