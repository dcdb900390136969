package dev.anvil.authz.graph;

import dev.anvil.authz.schema.Schema;

/**
 * Who is asked about, over interned names.
 *
 * @param type of it
 * @param id {@link #WILDCARD} for the wildcard itself
 * @param member of a userset, or {@link Schema#PLAIN}
 */
public record Subject(int type, String id, int member) {
  /** Id of every object of a type. */
  public static final String WILDCARD = "*";

  /** Whether the wildcard itself is asked about. */
  public boolean wildcard() {
    return id.equals(WILDCARD);
  }

  /** Whether it is one object. */
  public boolean plain() {
    return member == Schema.PLAIN && !wildcard();
  }
}
