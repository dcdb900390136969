package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import java.util.List;

/** Values of nodes from the values of what they hang on. */
final class Formula {
  private final Expansion met;

  Formula(Expansion met) {
    this.met = met;
  }

  /** Value of the permission as far as it is known; null where it hangs on unknown values. */
  Truth known(Node on, Plan plan) {
    return switch (plan) {
      case Plan.Never _ -> Truth.NO;
      case Plan.Itself _ -> met.itself(on);
      case Plan.Same _, Plan.Hop _ -> {
        Node leaf = met.leaf(on, plan);
        yield leaf != null ? leaf.value : met.can(plan) ? null : Truth.NO;
      }
      case Plan.Or or -> {
        Truth sum = Truth.NO;
        boolean unknown = false;
        for (Plan p : or.operands()) {
          Truth v = known(on, p);
          unknown |= v == null;
          sum = v == null ? sum : sum.or(v);
        }
        yield unknown && !sum.yes() ? null : sum;
      }
      case Plan.And and -> {
        Truth product = Truth.YES;
        boolean unknown = false;
        for (Plan p : and.operands()) {
          Truth v = known(on, p);
          unknown |= v == null;
          product = v == null ? product : product.and(v);
        }
        yield unknown && !product.no() ? null : product;
      }
      case Plan.Minus minus -> {
        Truth base = known(on, minus.base());
        if (base != null && base.no()) {
          yield Truth.NO;
        }
        Truth less = known(on, minus.subtracted());
        if (less != null && less.yes()) {
          yield Truth.NO;
        }
        yield base == null || less == null ? null : base.and(less.not());
      }
    };
  }

  /**
   * Hops that the value of the permission rests on, at most: all its leaves count, also those that
   * the question knew before it came here and so never visits from here.
   */
  int height(Node on, Plan plan) {
    return switch (plan) {
      case Plan.Never _, Plan.Itself _ -> 0;
      case Plan.Same _, Plan.Hop _ -> {
        Node leaf = met.leaf(on, plan);
        yield leaf == null || leaf.value == null ? 0 : leaf.height;
      }
      case Plan.Or or -> height(on, or.operands());
      case Plan.And and -> height(on, and.operands());
      case Plan.Minus minus -> Math.max(height(on, minus.base()), height(on, minus.subtracted()));
    };
  }

  private int height(Node on, List<Plan> operands) {
    int most = 0;
    for (Plan p : operands) {
      most = Math.max(most, height(on, p));
    }
    return most;
  }

  /** Value of a node all of whose parts have one; what was never met counts for nothing. */
  Truth value(Node n) {
    if (n.permission()) {
      return total(n, n.member.plan());
    }
    Truth sum = n.start();
    for (Node.Term t : n.terms) {
      Truth inner = t.child == null ? Truth.YES : t.child.value;
      sum = n.with(sum, t, inner == null ? Truth.NO : inner);
    }
    return sum;
  }

  private Truth total(Node on, Plan plan) {
    return switch (plan) {
      case Plan.Never _ -> Truth.NO;
      case Plan.Itself _ -> met.itself(on);
      case Plan.Same _, Plan.Hop _ -> {
        Node leaf = met.leaf(on, plan);
        yield leaf == null || leaf.value == null ? Truth.NO : leaf.value;
      }
      case Plan.Or or -> {
        Truth sum = Truth.NO;
        for (Plan p : or.operands()) {
          sum = sum.or(total(on, p));
        }
        yield sum;
      }
      case Plan.And and -> {
        Truth product = Truth.YES;
        for (Plan p : and.operands()) {
          product = product.and(total(on, p));
        }
        yield product;
      }
      case Plan.Minus minus -> total(on, minus.base()).and(total(on, minus.subtracted()).not());
    };
  }
}
