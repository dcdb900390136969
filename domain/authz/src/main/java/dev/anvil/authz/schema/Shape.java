package dev.anvil.authz.schema;

/**
 * A shape of tuples that a relation admits.
 *
 * @param type of the subject
 * @param member of a userset; {@link Schema#PLAIN} for the object itself
 * @param wildcard whether it stands for all of the type
 * @param caveat 0 for none
 * @param expires whether tuples expire
 */
public record Shape(int type, int member, boolean wildcard, int caveat, boolean expires) {
  /** Whether tuples of both have the same kind of subject. */
  public boolean sameSubject(Shape other) {
    return type == other.type && member == other.member && wildcard == other.wildcard;
  }

  /** Whether nothing but the subject decides. */
  public boolean bare() {
    return caveat == 0 && !expires;
  }
}
