package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import dev.anvil.authz.schema.Schema;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.LimitExceeded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers one question: depth first, each node once, no further than the answer needs, with a stack
 * of its own. Nodes that hang on each other are solved together when the first of them is left.
 */
public final class Walk {
  private final TupleSource source;
  private final Subject subject;
  private final Gates gates;
  private final Work work;
  private final Shared shared;
  private final Expansion met;
  private final Formula formula;
  private final ArrayDeque<Node> path = new ArrayDeque<>();
  private final List<Node> open = new ArrayList<>();
  private int visits;
  private final boolean exact;
  private boolean cut;

  /**
   * For one question.
   *
   * @param gates conditions in the context of the request
   * @param shared what other questions of the batch found
   */
  public Walk(TupleSource source, Subject subject, Gates gates, Work work, Shared shared) {
    this(source, subject, gates, work, shared, false);
  }

  private Walk(
      TupleSource source, Subject subject, Gates gates, Work work, Shared shared, boolean exact) {
    this.exact = exact;
    this.source = source;
    this.subject = subject;
    this.gates = gates;
    this.work = work;
    this.shared = shared;
    this.met = new Expansion(source, subject, gates, work, shared, exact);
    this.formula = new Formula(met);
  }

  /**
   * Whether the subject is in the member of the object.
   *
   * @throws dev.anvil.ports.failure.LimitExceeded CheckLimitExceeded if a bound is met
   * @throws dev.anvil.ports.failure.WrongState CaveatEvaluationFailed if the answer hangs on a
   *     condition that failed
   */
  public Verdict check(int type, String id, Schema.Member member) {
    Expansion decided = decide(type, id, member);
    return Verdict.of(value(decided, type, id, member));
  }

  /**
   * An answer with the way to it.
   *
   * @param verdict null if there is a failure
   * @param failure why there is no answer, or null
   */
  public record Explained(Verdict verdict, AnvilException failure, Trace trace) {}

  /**
   * The same answer, with how it came about.
   *
   * @throws dev.anvil.ports.failure.LimitExceeded CheckLimitExceeded if a bound other than depth is
   *     met
   */
  public Explained explain(int type, String id, Schema.Member member, Trace.Sight sight) {
    Expansion decided = decide(type, id, member);
    Truth truth = value(decided, type, id, member);
    Trace trace = new Tracer(told(decided, type, id, member), sight).member(type, id, member);
    return truth.fault() != null
        ? new Explained(null, truth.fault().failure(), trace)
        : new Explained(Verdict.of(truth), null, trace);
  }

  /** The nodes to tell of: a closure knows the answer and not the way, so that is walked. */
  private Expansion told(Expansion decided, int type, String id, Schema.Member member) {
    if (!decided.closures) {
      return decided;
    }
    try {
      Work own = new Work(work.limits(), work.ticker());
      return new Walk(source, subject, gates, own, new Shared(), true).decide(type, id, member);
    } catch (LimitExceeded e) {
      // too much to tell: what the closure said stands for what is behind it
      return decided;
    }
  }

  private static Truth value(Expansion decided, int type, String id, Schema.Member member) {
    Node root = decided.nodes.get(new Node.Key(type, id, member.id()));
    return root == null ? Truth.NO : root.value;
  }

  /** The nodes that give the answer; without a root if the subject can never be in. */
  private Expansion decide(int type, String id, Schema.Member member) {
    Truth truth = truth(type, id, member);
    shared.keep(met);
    if (!truth.open() || !cut) {
      return met;
    }
    // values found before would hide what lies behind them, and so the shortest ways to it
    Expansion again = new Expansion(source, subject, gates, work, new Shared(), exact);
    new Depths(again).solve(again.node(type, id, member, 0));
    return again;
  }

  private Truth truth(int type, String id, Schema.Member member) {
    if (!met.reaches.test(member)) {
      return Truth.NO;
    }
    Node root = met.node(type, id, member, 0);
    if (root.value == null) {
      run(root);
    }
    return root.value;
  }

  private void run(Node root) {
    push(root);
    while (!path.isEmpty()) {
      Node n = path.peekLast();
      work.step();
      Node child = n.value != null ? null : n.permission() ? pick(n) : advance(n);
      if (child != null) {
        push(child);
        continue;
      }
      path.removeLast();
      Node parent = path.peekLast();
      if (n.low == n.index) {
        close(n);
      } else if (parent != null) {
        parent.low = Math.min(parent.low, n.low);
        parent.height = Node.UNBOUNDED;
      }
      if (parent != null) {
        parent.height =
            Math.max(parent.height, Math.min(Node.UNBOUNDED, n.height + n.depth - parent.depth));
      }
    }
  }

  private void push(Node n) {
    n.index = ++visits;
    n.low = n.index;
    path.addLast(n);
    open.add(n);
  }

  /** Solves what hangs together, now that all it hangs on has been seen. */
  private void close(Node first) {
    List<Node> unknown = new ArrayList<>();
    Node n;
    do {
      n = open.removeLast();
      if (n.value == null) {
        n.height = Node.UNBOUNDED;
        unknown.add(n);
      }
    } while (n != first);
    if (!unknown.isEmpty()) {
      new Circle(met, formula, unknown.reversed()).solve();
    }
  }

  /** The next node that a relation or arrow hangs on; null when it is known or all are seen. */
  private Node advance(Node n) {
    if (n.terms == null) {
      met.read(n);
    }
    while (n.value == null && n.at < n.terms.size()) {
      Node.Term t = n.terms.get(n.at);
      if (t.child != null) {
        Node next = visit(n, t);
        if (next != null) {
          return next;
        }
      }
      n.at++;
      Truth inner = t.child == null ? Truth.YES : t.child.value;
      if (inner == null) {
        n.waits = true;
        continue;
      }
      n.sofar = n.with(n.sofar, t, inner);
      if (n.all() ? n.sofar.no() : n.sofar.yes()) {
        n.value = n.sofar;
      }
    }
    if (n.value == null && !n.waits) {
      n.value = n.sofar;
    }
    return null;
  }

  /** The child if it must be visited first. */
  private Node visit(Node n, Node.Term t) {
    if (!met.met(t)) {
      int depth = n.depth + t.cost;
      if (depth > work.limits().depth()) {
        cut = true;
        t.child = null;
        t.gate = t.gate.and(Truth.fault(Fault.depth(work.limits().depth())));
        return null;
      }
      met.enter(t, depth);
    }
    return seen(n, t.child, t.cost) ? null : t.child;
  }

  /** Whether the child has a value or was visited; notes how the parent hangs on it. */
  private static boolean seen(Node n, Node child, int cost) {
    if (child.value != null) {
      n.height = Math.max(n.height, Math.min(Node.UNBOUNDED, child.height + cost));
      return true;
    }
    if (child.index > 0) {
      n.low = Math.min(n.low, child.index);
      n.height = Node.UNBOUNDED;
      return true;
    }
    return false;
  }

  private Node pick(Node n) {
    Plan plan = n.member.plan();
    n.value = formula.known(n, plan);
    if (n.value == null) {
      return next(n, plan);
    }
    rest(n, plan);
    return null;
  }

  /** What was found before on another way was not visited from here, but reaches as far. */
  private void rest(Node n, Plan plan) {
    switch (plan) {
      case Plan.Or or -> or.operands().forEach(p -> rest(n, p));
      case Plan.And and -> and.operands().forEach(p -> rest(n, p));
      case Plan.Minus minus -> {
        rest(n, minus.base());
        rest(n, minus.subtracted());
      }
      case Plan.Same _, Plan.Hop _ -> {
        Node leaf = met.leaf(n, plan);
        if (leaf != null && leaf.value != null) {
          n.height = Math.max(n.height, leaf.height);
        }
      }
      case Plan.Never _, Plan.Itself _ -> {
        // these reach nowhere
      }
    }
  }

  /** The first leaf not visited that can matter. */
  private Node next(Node n, Plan plan) {
    if (formula.known(n, plan) != null) {
      return null;
    }
    return switch (plan) {
      case Plan.Or or -> first(n, or.operands());
      case Plan.And and -> first(n, and.operands());
      case Plan.Minus minus -> {
        Node base = next(n, minus.base());
        yield base != null ? base : next(n, minus.subtracted());
      }
      case Plan.Same _, Plan.Hop _ -> {
        Node leaf = met.leaf(n, plan);
        if (leaf == null) {
          leaf = met.meet(n, plan, n.depth);
        }
        if (leaf.value != null) {
          yield leaf.index == 0 ? leaf : null;
        }
        yield seen(n, leaf, 0) ? null : leaf;
      }
      case Plan.Never _, Plan.Itself _ -> null;
    };
  }

  private Node first(Node n, List<Plan> operands) {
    for (Plan p : operands) {
      Node next = next(n, p);
      if (next != null) {
        return next;
      }
    }
    return null;
  }
}
