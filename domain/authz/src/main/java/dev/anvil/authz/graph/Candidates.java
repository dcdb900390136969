package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.schema.Uses;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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
  private Set<Schema.Member> watched = Set.of();
  private ObjectStream stream;
  private int streamed;
  private String after;

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
    walk(member);
    SortedMap<String, Boolean> found = new TreeMap<>(Utf8Order.INSTANCE);
    known.forEach((fact, certain) -> {
      if (fact.member() == member) {
        found.put(fact.id(), certain);
      }
    });
    return found;
  }

  /** Ids of all objects of the type that were met on the way there, in byte order. */
  public SortedSet<String> ids(int type) {
    SortedSet<String> met = new TreeSet<>(Utf8Order.INSTANCE);
    known
        .keySet()
        .forEach(fact -> {
          if (fact.member().type().id() == type) {
            met.add(fact.id());
          }
        });
    return met;
  }

  /**
   * The same one by one, in order, from after an id on: only what is below the objects is walked at
   * once. Null if objects of the type lead to others of it, so that they have no order.
   *
   * @param from null for the beginning
   */
  public ObjectStream stream(Schema.Member member, String from) {
    int type = member.type().id();
    for (Schema.Member m : uses.below(member)) {
      for (Uses.Use use : m.type().id() == type ? uses.of(m) : List.<Uses.Use>of()) {
        boolean leaves = !(use instanceof Uses.InPermission);
        if (leaves && uses.below(member).contains(use.user())) {
          return null;
        }
      }
    }
    streamed = type;
    after = from;
    Takers takers = new Takers(source.schema(), uses.below(member), type, subject);
    watched = takers.relations();
    stream = new ObjectStream(source, work, member, takers);
    walk(member);
    return stream;
  }

  private void walk(Schema.Member member) {
    useful = uses.below(member);
    seed();
    while (!queue.isEmpty()) {
      Fact fact = queue.poll();
      boolean certain = known.get(fact);
      for (Uses.Use use : uses.of(fact.member())) {
        if (useful.contains(use.user())) {
          climb(fact, use, certain);
        }
        if (use instanceof Uses.InRelation in && watched.contains(in.user())) {
          stream.watch(fact.member().type().id(), fact.id(), fact.member().id(), in.user(), after);
        }
      }
    }
  }

  private void seed() {
    for (Schema.Member relation : useful) {
      if (relation.relation()) {
        direct(relation, false);
      }
    }
    watched.forEach(relation -> direct(relation, true));
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

  private void direct(Schema.Member relation, boolean watch) {
    boolean exact = false;
    boolean wild = false;
    for (Shape s : relation.shapes()) {
      boolean type = s.type() == subject.type();
      exact |= type && s.member() == subject.member() && s.wildcard() == subject.wildcard();
      wild |= type && s.wildcard() && subject.plain();
    }
    if (exact) {
      reverse(subject.id(), subject.member(), relation, watch);
    }
    if (wild) {
      reverse(Subject.WILDCARD, Schema.PLAIN, relation, watch);
    }
  }

  private void reverse(String id, int member, Schema.Member relation, boolean watch) {
    if (watch) {
      stream.watch(subject.type(), id, member, relation, after);
    } else {
      look(
          new ObjectStream.Found(
              subject.type(), id, member, relation, relation, true, Uses.Worth.ALONE));
    }
  }

  /** Takes all that the look-up finds, now or, if it is of the objects asked for, in its turn. */
  private void look(ObjectStream.Found f) {
    if (stream != null && f.relation().type().id() == streamed) {
      stream.add(f, after);
      return;
    }
    source.reverse(
        f.type(),
        f.subject(),
        f.member(),
        f.relation(),
        (id, edge) -> {
          work.tuple();
          boolean alone = f.worth() == Uses.Worth.ALONE;
          add(f.gives(), id, f.certain() && alone && edge.caveat() == 0);
          return true;
        });
  }

  private void add(Schema.Member member, String id, boolean certain) {
    if (!useful.contains(member)) {
      return;
    }
    if (stream != null && member.type().id() == streamed) {
      stream.add(id, member, certain, after);
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
          look(
              new ObjectStream.Found(
                  type,
                  fact.id(),
                  fact.member().id(),
                  in.user(),
                  in.user(),
                  certain,
                  Uses.Worth.ALONE));
      case Uses.InArrow in -> {
        for (Shape s : in.over().shapes()) {
          if (s.type() == type && !s.wildcard() && first(in.over(), s)) {
            look(
                new ObjectStream.Found(
                    type, fact.id(), s.member(), in.over(), in.user(), certain, in.worth()));
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
