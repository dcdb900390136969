package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Plan;
import dev.anvil.authz.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** A member, or an arrow, of one object as one question meets it. */
final class Node {
  /** What names it inside a question: an arrow has a negative number. */
  record Key(int type, String id, int what) {}

  /** One tuple of a relation or arrow. */
  static final class Term {
    final Edge edge;

    /** What its condition says. */
    Truth gate;

    /** Membership behind it, or null if the gate is all. */
    Node child;

    /** Hops to the child. */
    final int cost;

    Term(Edge edge, Truth gate, Node child, int cost) {
      this.edge = edge;
      this.gate = gate;
      this.child = child;
      this.cost = cost;
    }
  }

  final Key key;
  final Schema.Member member;
  final Plan.Hop hop;

  /** Hops from the question to here, as it was met. */
  int depth;

  /** Known once it hangs on nothing open. */
  Truth value;

  /** Terms of a relation or arrow; null before they are read, and for permissions. */
  List<Term> terms;

  /** Next term to visit. */
  int at;

  /** Union, or intersection of what is known, over the terms visited so far. */
  Truth sofar;

  /** Whether a term has no value yet. */
  boolean waits;

  /** Place in the order of visits, 0 before; and the least place reached from here. */
  int index;

  int low;

  /**
   * Hops that the value rests on, at most: a question that comes here with so many hops left finds
   * the same value by itself.
   */
  int height;

  /** Height of what hangs on a circle: too much for any other question. */
  static final int UNBOUNDED = 1 << 20;

  // bounds while a circle is solved
  boolean lo;
  boolean hi;
  boolean next;

  Node(Key key, Schema.Member member, Plan.Hop hop) {
    this.key = key;
    this.member = member;
    this.hop = hop;
  }

  boolean permission() {
    return hop == null && !member.relation();
  }

  boolean all() {
    return hop != null && hop.all();
  }

  /** An intersection over no tuple does not hold. */
  Truth start() {
    return all() && !terms.isEmpty() ? Truth.YES : Truth.NO;
  }

  /** The sum with one more term. */
  Truth with(Truth sum, Term term, Truth inner) {
    Truth one = term.gate.and(inner);
    return all() ? sum.and(one) : sum.or(one);
  }

  void term(Edge edge, Truth gate, Node child, int cost) {
    terms.add(new Term(edge, gate, child, cost));
  }

  void open() {
    terms = new ArrayList<>();
  }

  @Override
  public String toString() {
    return key + "=" + value;
  }
}
