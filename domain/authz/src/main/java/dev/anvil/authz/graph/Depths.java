package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The slow way, for questions near the bound of depth: meets every node within the bound by its
 * shortest way and solves all of them together. So whether the bound is met never hangs on the
 * order of the walk.
 */
final class Depths {
  private final Expansion met;
  private final ArrayDeque<Node> queue = new ArrayDeque<>();
  private final List<Node> order = new ArrayList<>();

  Depths(Expansion met) {
    this.met = met;
  }

  Truth solve(Node root) {
    queue.add(root);
    while (!queue.isEmpty()) {
      Node n = queue.pollFirst();
      if (n.index == 0) {
        n.index = 1;
        expand(n);
      }
    }
    List<Node> unknown = order.stream().filter(n -> n.value == null).toList();
    for (Node n : unknown) {
      if (!n.permission()) {
        n.terms.forEach(this::cut);
      }
    }
    new Circle(met, new Formula(met), unknown).solve();
    return root.value;
  }

  private void cut(Node.Term term) {
    if (term.child != null && !met.met(term)) {
      term.child = null;
      term.gate = term.gate.and(Truth.fault(Fault.depth(met.work.limits().depth())));
    }
  }

  private void expand(Node n) {
    order.add(n);
    if (n.value != null) {
      return;
    }
    if (n.permission()) {
      leaves(n, n.member.plan());
      return;
    }
    met.read(n);
    if (n.value != null) {
      return;
    }
    for (Node.Term t : n.terms) {
      int depth = n.depth + t.cost;
      if (t.child == null || depth > met.work.limits().depth()) {
        continue;
      }
      if (met.met(t)) {
        reach(t.child, depth);
      } else {
        add(met.enter(t, depth), t.cost == 0);
      }
    }
  }

  private void leaves(Node n, Plan plan) {
    switch (plan) {
      case Plan.Or or -> or.operands().forEach(p -> leaves(n, p));
      case Plan.And and -> and.operands().forEach(p -> leaves(n, p));
      case Plan.Minus minus -> {
        leaves(n, minus.base());
        leaves(n, minus.subtracted());
      }
      case Plan.Same _, Plan.Hop _ -> {
        if (met.can(plan)) {
          Node leaf = met.leaf(n, plan);
          if (leaf == null) {
            add(met.meet(n, plan, n.depth), true);
          } else {
            reach(leaf, n.depth);
          }
        }
      }
      case Plan.Never _, Plan.Itself _ -> {
        // no node stands for these
      }
    }
  }

  private void add(Node n, boolean first) {
    if (first) {
      queue.addFirst(n);
    } else {
      queue.addLast(n);
    }
  }

  private void reach(Node n, int depth) {
    if (n.index == 0 && depth < n.depth) {
      n.depth = depth;
      queue.addFirst(n);
    }
  }
}
