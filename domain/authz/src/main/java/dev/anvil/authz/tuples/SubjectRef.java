package dev.anvil.authz.tuples;

/**
 * An object, a userset or a wildcard.
 *
 * @param type name of its type
 * @param id {@link #WILDCARD} for every object of the type
 * @param relation member of a userset, or null
 */
public record SubjectRef(String type, String id, String relation) {
  /** Stands for every object of a type. */
  public static final String WILDCARD = "*";

  /** {@code ...} is the plain object. */
  public SubjectRef {
    relation = relation == null || relation.isEmpty() || relation.equals("...") ? null : relation;
  }

  /** Whether it stands for every object of the type. */
  public boolean wildcard() {
    return id.equals(WILDCARD);
  }

  @Override
  public String toString() {
    String name = wildcard() ? WILDCARD : TupleText.escape(id);
    return type + ":" + name + (relation == null ? "" : "#" + relation);
  }
}
