package dev.anvil.authz.schema;

import java.util.List;

/** An expression over interned names, cheap operands first. */
public sealed interface Plan {
  /** One holds. */
  record Or(List<Plan> operands) implements Plan {}

  /** All hold. */
  record And(List<Plan> operands) implements Plan {}

  /** The first holds and the second does not. */
  record Minus(Plan base, Plan subtracted) implements Plan {}

  /** A member of the same object. */
  record Same(Schema.Member member) implements Plan {}

  /**
   * A member of the objects in a relation.
   *
   * @param relation of this object
   * @param target name of the member there
   * @param all whether every one must have it
   * @param key tells the arrows of a type apart; negative
   */
  record Hop(Schema.Member relation, int target, boolean all, int key) implements Plan {}

  /** Never. */
  record Never() implements Plan {}

  /** For the object itself. */
  record Itself() implements Plan {}
}
