package dev.anvil.authz.graph;

/**
 * A live tuple seen from its resource.
 *
 * @param type of the subject
 * @param id of the subject; the wildcard's for a wildcard
 * @param member of the subject's userset, or plain
 * @param caveat interned name, 0 for none
 * @param context stored context, JSON in UTF-8, or null
 * @param structural whether it follows from the resource's id and costs no depth
 */
public record Edge(
    int type, String id, int member, int caveat, byte[] context, boolean structural) {
  /** Whether it stands for every object of its type. */
  public boolean wildcard() {
    return id.equals(Subject.WILDCARD);
  }
}
