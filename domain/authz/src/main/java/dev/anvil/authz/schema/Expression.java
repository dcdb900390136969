package dev.anvil.authz.schema;

import java.util.List;

/** What a permission is computed from. */
public sealed interface Expression {
  /** Holds if one does: {@code a + b}. At least two operands. */
  record Union(List<Expression> operands) implements Expression {
    /** Copies the list. */
    public Union {
      operands = List.copyOf(operands);
    }
  }

  /** Holds if all do: {@code a & b}. At least two operands. */
  record Intersection(List<Expression> operands) implements Expression {
    /** Copies the list. */
    public Intersection {
      operands = List.copyOf(operands);
    }
  }

  /** Holds if the first does and the second does not: {@code a - b}. */
  record Exclusion(Expression base, Expression subtracted) implements Expression {}

  /** A member of the same object. */
  record Reference(String name, Position at) implements Expression {}

  /**
   * A member of the objects in a relation: {@code x->p}, {@code x.any(p)}, {@code x.all(p)}.
   *
   * @param all whether every object must have it
   */
  record Arrow(String relation, String target, boolean all, Position at) implements Expression {}

  /** Never holds. */
  record Nil() implements Expression {}

  /** Holds for the object itself. */
  record Self(Position at) implements Expression {}
}
