package dev.anvil.authz.schema;

/**
 * Something wrong or doubtful in a schema.
 *
 * @param code which rule
 * @param at where
 * @param name what it is about; empty if nothing has a name
 * @param rule what must hold
 * @param fix what to do
 */
public record SchemaProblem(Code code, Position at, String name, String rule, String fix) {
  /** Every rule; those from {@link #MIXED_OPERATORS} on only warn. */
  public enum Code {
    /** Not of the language. */
    SYNTAX("Syntax"),
    /** A name twice. */
    DUPLICATE_NAME("DuplicateName"),
    /** A type that is not declared. */
    UNKNOWN_TYPE("UnknownType"),
    /** A member that is not declared. */
    UNKNOWN_MEMBER("UnknownMember"),
    /** A caveat that is not declared. */
    UNKNOWN_CAVEAT("UnknownCaveat"),
    /** A shape twice. */
    DUPLICATE_ALLOWED("DuplicateAllowed"),
    /** A feature without its {@code use}. */
    FLAG_MISSING("FlagMissing"),
    /** An arrow from a permission. */
    ARROW_OVER_PERMISSION("ArrowOverPermission"),
    /** An arrow over a wildcard. */
    ARROW_OVER_WILDCARD("ArrowOverWildcard"),
    /** No type on the left has the member. */
    ARROW_TARGET_MISSING("ArrowTargetMissing"),
    /** A permission that reaches itself by names alone. */
    SELF_REFERENCE("SelfReference"),
    /** An annotation that leaves out a type. */
    TYPE_ANNOTATION_INCOMPLETE("TypeAnnotationIncomplete"),
    /** A condition that does not compile. */
    CAVEAT_INVALID("CaveatInvalid"),
    /** A name that belongs to the server or the language. */
    RESERVED_NAME("ReservedName"),
    /** A named bound is passed. */
    LIMIT_EXCEEDED("LimitExceeded"),
    /** Different operators without parentheses. */
    MIXED_OPERATORS("MixedOperators"),
    /** The relation of a userset is ignored by an arrow. */
    ARROW_OVER_USERSET("ArrowOverUserset"),
    /** A userset whose member admits a wildcard. */
    USERSET_OF_WILDCARD("UsersetOfWildcard"),
    /** Some types on the left lack the member. */
    ARROW_TARGET_PARTIAL("ArrowTargetPartial"),
    /** Nobody can have it. */
    UNSATISFIABLE("Unsatisfiable"),
    /** What is taken away can depend on the permission itself. */
    UNSTABLE_EXCLUSION("UnstableExclusion"),
    /** Names that differ in case only. */
    CASE_ONLY("NamesDifferInCase"),
    /** A parameter that nothing reads. */
    UNUSED_PARAMETER("UnusedParameter");

    private final String wire;

    Code(String wire) {
      this.wire = wire;
    }

    /** As in answers. */
    public String wire() {
      return wire;
    }

    /** Whether a schema with it is accepted. */
    public boolean warning() {
      return compareTo(MIXED_OPERATORS) >= 0;
    }
  }

  /** One line for a person. */
  public String text() {
    return at.line()
        + ":"
        + at.column()
        + " "
        + code.wire()
        + " "
        + name
        + ": "
        + rule
        + "; "
        + fix;
  }
}
