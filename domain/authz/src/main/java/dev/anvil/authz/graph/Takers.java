package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Schema;
import dev.anvil.authz.schema.Shape;
import dev.anvil.authz.schema.Uses;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What can take a permission of the objects of one type away from a subject, where that is as
 * simple as tuples of other relations of theirs: an object that none of them names is not checked.
 */
final class Takers {
  private final Map<Schema.Member, Set<Schema.Member>> of = new HashMap<>();
  private final Set<Schema.Member> relations = new HashSet<>();

  /**
   * Of permissions of the type.
   *
   * @param walked members whose objects are all found on the way up from the subject
   */
  Takers(Schema schema, Set<Schema.Member> walked, int type, Subject subject) {
    for (Schema.Member m : walked) {
      Set<Schema.Member> takers = m.relation() || m.type().id() != type ? null : Uses.takenAway(m);
      if (takers != null
          && takers.stream().allMatch(t -> found(schema, t, walked, type, subject))) {
        of.put(m, takers);
        relations.addAll(takers);
      }
    }
  }

  /** Whether whatever the relation may name the subject by is found on the way. */
  private static boolean found(
      Schema schema, Schema.Member taker, Set<Schema.Member> walked, int type, Subject subject) {
    if (subject.type() == type && subject.member() == taker.id()) {
      // it contains itself, which no tuple says
      return false;
    }
    for (Shape s : taker.shapes()) {
      boolean userset = s.member() != Schema.PLAIN;
      if (userset && (s.type() == type || !walked.contains(schema.member(s.type(), s.member())))) {
        return false;
      }
    }
    return true;
  }

  /** All relations to watch. */
  Set<Schema.Member> relations() {
    return relations;
  }

  /** Relations that can take the permission away; null if it is not as simple as that. */
  Set<Schema.Member> of(Schema.Member permission) {
    return of.get(permission);
  }
}
