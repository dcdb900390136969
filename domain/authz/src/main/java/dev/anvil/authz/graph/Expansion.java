package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Nodes of one question and the tuples behind them. One thread. */
final class Expansion {
  final TupleSource source;
  final Subject subject;
  final Gates gates;
  final Work work;
  final Predicate<Schema.Member> reaches;
  final Map<Node.Key, Node> nodes = new HashMap<>();
  private final Shared shared;
  private final boolean exact;

  /** Whether a closure said something. */
  boolean closures;

  Expansion(TupleSource source, Subject subject, Gates gates, Work work, Shared shared) {
    this(source, subject, gates, work, shared, false);
  }

  /** Without closures if exact. */
  Expansion(
      TupleSource source, Subject subject, Gates gates, Work work, Shared shared, boolean exact) {
    this.exact = exact;
    this.source = source;
    this.subject = subject;
    this.gates = gates;
    this.work = work;
    this.shared = shared;
    this.reaches = source.schema().reach(subject.type(), subject.member(), subject.wildcard());
  }

  Node node(int type, String id, Schema.Member member, int depth) {
    Node.Key key = new Node.Key(type, id, member.id());
    Node found = nodes.get(key);
    if (found == null) {
      found = made(new Node(key, member, null), depth);
      if (subject.type() == type && subject.member() == member.id() && subject.id().equals(id)) {
        found.value = Truth.YES;
      }
    }
    return found;
  }

  Node arrow(Node on, Plan.Hop hop) {
    Node.Key key = new Node.Key(on.key.type(), on.key.id(), hop.key());
    Node found = nodes.get(key);
    return found != null ? found : made(new Node(key, hop.relation(), hop), on.depth);
  }

  private Node made(Node node, int depth) {
    node.depth = depth;
    work.node(depth);
    nodes.put(node.key, node);
    Shared.Known known = shared.get(subject, node.key);
    if (known != null && depth + known.height() <= work.limits().depth()) {
      node.value = known.value();
      node.height = known.height();
    }
    return node;
  }

  boolean reachable(Plan.Hop hop) {
    for (Shape s : hop.relation().shapes()) {
      Schema.Member target = source.schema().member(s.type(), hop.target());
      if (target != null && reaches.test(target)) {
        return true;
      }
    }
    return false;
  }

  Truth itself(Node on) {
    return Truth.of(
        subject.plain() && subject.type() == on.key.type() && subject.id().equals(on.key.id()));
  }

  /** Reads the tuples of a relation or arrow; gives it its value where that follows at once. */
  void read(Node node) {
    node.open();
    if (node.hop != null) {
      arrowTerms(node);
    } else {
      relationTerms(node);
    }
    node.sofar = node.start();
  }

  private void relationTerms(Node node) {
    if (closed(node, true)) {
      return;
    }
    direct(node, subject.type(), subject.id(), subject.member());
    if (node.value == null && subject.plain()) {
      direct(node, subject.type(), Subject.WILDCARD, Schema.PLAIN);
    }
    if (node.value == null && closed(node, false)) {
      return;
    }
    Set<Long> done = new HashSet<>();
    for (Shape s : node.member.shapes()) {
      Schema.Member inner =
          s.member() == Schema.PLAIN ? null : source.schema().member(s.type(), s.member());
      boolean first = inner != null && done.add((long) s.type() << 32 | s.member());
      if (node.value != null || !first || !reaches.test(inner)) {
        continue;
      }
      source.usersets(
          node.key.id(), node.member, s.type(), s.member(), edge -> userset(node, inner, edge));
    }
  }

  private boolean closed(Node node, boolean early) {
    if (exact || !node.member.nests()) {
      return false;
    }
    Boolean in = source.closed(subject, node.member, node.key.id(), work, early);
    if (in == null) {
      return false;
    }
    closures = true;
    node.value = Truth.of(in);
    return true;
  }

  private boolean userset(Node node, Schema.Member inner, Edge edge) {
    work.tuple();
    boolean same =
        edge.type() == subject.type()
            && edge.member() == subject.member()
            && edge.id().equals(subject.id());
    if (same) {
      return true;
    }
    Truth gate = gates.of(edge, work);
    step(node, edge, gate, inner);
    return true;
  }

  private void direct(Node node, int type, String id, int member) {
    if (!mayName(node.member, type, id.equals(Subject.WILDCARD), member)) {
      return;
    }
    work.step();
    Edge edge = source.exact(node.key.id(), node.member, type, id, member);
    if (edge == null) {
      return;
    }
    work.tuple();
    Truth gate = gates.of(edge, work);
    node.term(edge, gate, null, 0);
    if (gate.yes()) {
      node.value = Truth.YES;
    }
  }

  private static boolean mayName(Schema.Member relation, int type, boolean wildcard, int member) {
    for (Shape s : relation.shapes()) {
      if (s.type() == type && s.wildcard() == wildcard && s.member() == member) {
        return true;
      }
    }
    return false;
  }

  private void arrowTerms(Node node) {
    Set<Integer> done = new HashSet<>();
    for (Shape s : node.member.shapes()) {
      if (!done.add(s.type())) {
        continue;
      }
      Schema.Member target = source.schema().member(s.type(), node.hop.target());
      boolean can = target != null && reaches.test(target);
      if (!can && !node.hop.all()) {
        continue;
      }
      source.ofType(
          node.key.id(),
          node.member,
          s.type(),
          edge -> {
            work.tuple();
            if (!edge.wildcard()) {
              hop(node, edge, can ? target : null);
            }
            return node.value == null;
          });
    }
  }

  private void hop(Node node, Edge edge, Schema.Member target) {
    Truth gate = gates.of(edge, work);
    if (node.hop.all()) {
      if (target == null || gate.no()) {
        node.term(edge, Truth.NO, null, 0);
        node.value = Truth.NO;
        return;
      }
    }
    step(node, edge, gate, target);
  }

  private void step(Node node, Edge edge, Truth gate, Schema.Member member) {
    if (gate.no()) {
      node.term(edge, gate, null, 0);
      return;
    }
    int cost = edge.structural() ? 0 : 1;
    Node.Key key = new Node.Key(edge.type(), edge.id(), member.id());
    Node known = nodes.get(key);
    node.term(edge, gate, known != null ? known : new Node(key, member, null), cost);
  }

  /** Whether the child of the term is one that the question has met. */
  boolean met(Node.Term term) {
    Node known = nodes.get(term.child.key);
    if (known != null) {
      term.child = known;
    }
    return known != null;
  }

  /** The child of the term, met from now on. */
  Node enter(Node.Term term, int depth) {
    Node child = term.child;
    term.child = node(child.key.type(), child.key.id(), child.member, depth);
    return term.child;
  }

  /** The leaf of a permission, or null where it is not met; absent is also what cannot hold. */
  Node leaf(Node on, Plan leaf) {
    return switch (leaf) {
      case Plan.Same same ->
          nodes.get(new Node.Key(on.key.type(), on.key.id(), same.member().id()));
      case Plan.Hop hop -> nodes.get(new Node.Key(on.key.type(), on.key.id(), hop.key()));
      default -> null;
    };
  }

  /** Meets the leaf. */
  Node meet(Node on, Plan leaf, int depth) {
    return switch (leaf) {
      case Plan.Same same -> node(on.key.type(), on.key.id(), same.member(), depth);
      case Plan.Hop hop -> arrow(on, hop);
      default -> throw new IllegalArgumentException("no leaf: " + leaf);
    };
  }

  /** Whether the leaf can hold at all. */
  boolean can(Plan leaf) {
    return switch (leaf) {
      case Plan.Same same -> reaches.test(same.member());
      case Plan.Hop hop -> reachable(hop);
      default -> false;
    };
  }
}
