package dev.anvil.authz.store;

import dev.anvil.authz.graph.Subject;

/**
 * What tells tuples apart, over interned names and stored ids.
 *
 * @param type of the resource
 * @param id of the resource as stored
 * @param relation interned
 * @param subjectType interned
 * @param subjectMember interned, or plain
 * @param subjectId as stored
 */
record TupleKey(
    int type, String id, int relation, int subjectType, int subjectMember, String subjectId) {
  boolean wildcard() {
    return subjectId.equals(Subject.WILDCARD);
  }
}
