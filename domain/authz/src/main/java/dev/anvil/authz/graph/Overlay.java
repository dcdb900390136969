package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Tuples that count for one request alone, over the stored ones; of one key, these count. */
public final class Overlay implements TupleSource {
  private record Place(int type, String id, int relation) {}

  private final TupleSource below;
  private final Map<Place, List<Edge>> own = new HashMap<>();
  private final Map<Place, List<String>> reverse = new HashMap<>();

  /** Nothing of its own yet. */
  public Overlay(TupleSource below) {
    this.below = below;
  }

  /** Adds a tuple, which the schema admits. */
  public void add(int type, String id, int relation, Edge edge) {
    List<Edge> edges = own.computeIfAbsent(new Place(type, id, relation), p -> new ArrayList<>());
    edges.removeIf(e -> same(e, edge));
    edges.add(edge);
    List<String> ids =
        reverse.computeIfAbsent(new Place(type, "", relation), p -> new ArrayList<>());
    if (!ids.contains(id)) {
      ids.add(id);
    }
  }

  private static boolean same(Edge a, Edge b) {
    return a.type() == b.type() && a.member() == b.member() && a.id().equals(b.id());
  }

  private List<Edge> at(String id, Schema.Member relation) {
    return own.getOrDefault(new Place(relation.type().id(), id, relation.id()), List.of());
  }

  private static Edge find(List<Edge> edges, int type, String id, int member) {
    for (Edge e : edges) {
      if (e.type() == type && e.member() == member && e.id().equals(id)) {
        return e;
      }
    }
    return null;
  }

  @Override
  public Schema schema() {
    return below.schema();
  }

  @Override
  public Edge exact(String id, Schema.Member relation, int type, String subject, int member) {
    Edge mine = find(at(id, relation), type, subject, member);
    return mine != null ? mine : below.exact(id, relation, type, subject, member);
  }

  /** Own edges first, then those below that no own one replaces. */
  private Predicate<Edge> over(List<Edge> mine, Predicate<Edge> which, Predicate<Edge> each) {
    for (Edge e : mine) {
      if (which.test(e) && !each.test(e)) {
        return null;
      }
    }
    return e -> find(mine, e.type(), e.id(), e.member()) != null || each.test(e);
  }

  @Override
  public void usersets(
      String id, Schema.Member relation, int type, int member, Predicate<Edge> each) {
    Predicate<Edge> rest =
        over(at(id, relation), e -> e.type() == type && e.member() == member, each);
    if (rest != null) {
      below.usersets(id, relation, type, member, rest);
    }
  }

  @Override
  public void all(String id, Schema.Member relation, Predicate<Edge> each) {
    Predicate<Edge> rest = over(at(id, relation), e -> true, each);
    if (rest != null) {
      below.all(id, relation, rest);
    }
  }

  @Override
  public void ofType(String id, Schema.Member relation, int type, Predicate<Edge> each) {
    Predicate<Edge> rest = over(at(id, relation), e -> e.type() == type, each);
    if (rest != null) {
      below.ofType(id, relation, type, rest);
    }
  }

  @Override
  public Boolean closed(
      Subject subject, Schema.Member relation, String id, Work work, boolean early) {
    boolean mine = reverse.containsKey(new Place(relation.type().id(), "", relation.id()));
    return mine ? null : below.closed(subject, relation, id, work, early);
  }

  @Override
  public void reverse(int type, String subject, int member, Schema.Member relation, Found each) {
    List<String> ids =
        reverse.getOrDefault(new Place(relation.type().id(), "", relation.id()), List.of());
    for (String id : ids) {
      Edge mine = find(at(id, relation), type, subject, member);
      if (mine != null && !each.at(id, mine)) {
        return;
      }
    }
    below.reverse(
        type,
        subject,
        member,
        relation,
        (id, e) -> find(at(id, relation), type, subject, member) != null || each.at(id, e));
  }
}
