package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Schema;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The live tuples of a tenant at one revision and one time: present, unexpired, of a shape that the
 * schema of that revision admits. One thread.
 */
public interface TupleSource {
  /** The schema in force. */
  Schema schema();

  /** The tuple with exactly this subject, or null. */
  Edge exact(String id, Schema.Member relation, int subjectType, String subjectId, int member);

  /**
   * Tuples whose subjects are usersets of this shape.
   *
   * @param each returns whether to go on
   */
  void usersets(
      String id, Schema.Member relation, int subjectType, int member, Predicate<Edge> each);

  /** All tuples of the relation, in byte order of the stored keys. */
  void all(String id, Schema.Member relation, Predicate<Edge> each);

  /**
   * As {@link #all}; tuples whose subject is an object of the type up to this one, other than the
   * wildcard, may be left out.
   *
   * @param after null to leave out none
   */
  default void allFrom(String id, Schema.Member relation, Subject after, Predicate<Edge> each) {
    all(id, relation, each);
  }

  /** Tuples of the relation whose subject is of the type, whatever its member. */
  void ofType(String id, Schema.Member relation, int subjectType, Predicate<Edge> each);

  /**
   * Ids of the objects whose relation names exactly this subject, with the edge.
   *
   * @param each takes id and edge and returns whether to go on
   */
  void reverse(int subjectType, String subjectId, int member, Schema.Member relation, Found each);

  /** Whether tuples that were deleted since are looked up apart. */
  default boolean past() {
    return false;
  }

  /**
   * As {@link #reverse}, in byte order of the resources' ids, from after one of them on.
   *
   * @param after null for the beginning
   * @param old those deleted since, or those that still stand
   */
  default void reverseAfter(
      int subjectType,
      String subjectId,
      int member,
      Schema.Member relation,
      String after,
      boolean old,
      Found each) {
    SortedMap<String, Edge> all = new TreeMap<>(Utf8Order.INSTANCE);
    reverse(
        subjectType,
        subjectId,
        member,
        relation,
        (id, edge) -> {
          if (after == null || Utf8Order.INSTANCE.compare(id, after) > 0) {
            all.put(id, edge);
          }
          return true;
        });
    for (Map.Entry<String, Edge> e : all.entrySet()) {
      if (!each.at(e.getKey(), e.getValue())) {
        return;
      }
    }
  }

  /**
   * What a closure says of the subject's membership of a set, by nesting alone or directly; null if
   * it must be walked.
   *
   * @param relation admits its own userset
   * @param early whether only what is at hand already counts, since a direct tuple may decide
   */
  default Boolean closed(
      Subject subject, Schema.Member relation, String id, Work work, boolean early) {
    return null;
  }

  /** Takes what a reverse look-up finds. */
  @FunctionalInterface
  interface Found {
    /** Returns whether to go on. */
    boolean at(String id, Edge edge);
  }
}
