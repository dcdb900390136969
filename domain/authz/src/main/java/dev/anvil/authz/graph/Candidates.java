package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.schema.Uses;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From a subject upwards to the objects that it may have a member of. What is reached by unions and
 * bare tuples alone is certain; all else is a candidate that a check decides. One thread.
 */
public final class Candidates {
  private record Fact(Schema.Member member, String id) {}

  private final TupleSource source;
  private final Subject subject;
  private final Work work;
  private final Uses uses;
  private final Map<Fact, Boolean> known = new HashMap<>();
  private final ArrayDeque<Fact> queue = new ArrayDeque<>();
  private Set<Schema.Member> useful;

  /** Walks there. */
  public Candidates(TupleSource source, Subject subject, Work work) {
    this.source = source;
    this.subject = subject;
    this.work = work;
    this.uses = source.schema().uses();
  }

  /**
   * Ids of objects of the member's type, in byte order of their UTF-8, each with whether it is
   * certain.
   */
  public SortedMap<String, Boolean> objects(Schema.Member member) {
    useful = uses.below(member);
    seed();
    while (!queue.isEmpty()) {
      Fact fact = queue.poll();
      boolean certain = known.get(fact);
      for (Uses.Use use : uses.of(fact.member())) {
        if (useful.contains(use.user())) {
          climb(fact, use, certain);
        }
      }
    }
    SortedMap<String, Boolean> found = new TreeMap<>(Utf8Order.INSTANCE);
    known.forEach((fact, certain) -> {
      if (fact.member() == member) {
        found.put(fact.id(), certain);
      }
    });
    return found;
  }

  private void seed() {
    for (Schema.Member relation : useful) {
      if (relation.relation()) {
        direct(relation);
      }
    }
    if (subject.member() != Schema.PLAIN) {
      Schema.Member own = source.schema().member(subject.type(), subject.member());
      add(own, subject.id(), true);
    }
    if (subject.plain()) {
      for (Schema.Member m : uses.self()) {
        if (m.type().id() == subject.type()) {
          add(m, subject.id(), false);
        }
      }
    }
  }

  private void direct(Schema.Member relation) {
    boolean exact = false;
    boolean wild = false;
    for (Shape s : relation.shapes()) {
      boolean type = s.type() == subject.type();
      exact |= type && s.member() == subject.member() && s.wildcard() == subject.wildcard();
      wild |= type && s.wildcard() && subject.plain();
    }
    if (exact) {
      reverse(subject.id(), subject.member(), relation);
    }
    if (wild) {
      reverse(Subject.WILDCARD, Schema.PLAIN, relation);
    }
  }

  private void reverse(String id, int member, Schema.Member relation) {
    source.reverse(
        subject.type(),
        id,
        member,
        relation,
        (found, edge) -> {
          work.tuple();
          add(relation, found, edge.caveat() == 0);
          return true;
        });
  }

  private void add(Schema.Member member, String id, boolean certain) {
    if (!useful.contains(member)) {
      return;
    }
    Fact fact = new Fact(member, id);
    Boolean before = known.get(fact);
    if (before == null || certain && !before) {
      work.node(0);
      known.put(fact, certain);
      queue.add(fact);
    }
  }

  private void climb(Fact fact, Uses.Use use, boolean certain) {
    int type = fact.member().type().id();
    switch (use) {
      case Uses.InPermission in -> add(in.user(), fact.id(), certain && in.alone());
      case Uses.InRelation in ->
          source.reverse(
              type,
              fact.id(),
              fact.member().id(),
              in.user(),
              (id, edge) -> {
                work.tuple();
                add(in.user(), id, certain && edge.caveat() == 0);
                return true;
              });
      case Uses.InArrow in -> {
        for (Shape s : in.over().shapes()) {
          if (s.type() == type && !s.wildcard() && first(in.over(), s)) {
            source.reverse(
                type,
                fact.id(),
                s.member(),
                in.over(),
                (id, edge) -> {
                  work.tuple();
                  add(in.user(), id, certain && in.alone() && edge.caveat() == 0);
                  return true;
                });
          }
        }
      }
    }
  }

  /** Whether no earlier shape has the same kind of subject. */
  private static boolean first(Schema.Member relation, Shape shape) {
    for (Shape s : relation.shapes()) {
      if (s.sameSubject(shape)) {
        return s == shape;
      }
    }
    return false;
  }
}
