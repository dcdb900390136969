package dev.anvil.authz.schema;

/** Ends the parsing of one statement; never leaves the package. */
final class SyntaxFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SchemaProblem problem;

  SyntaxFault(SchemaProblem problem) {
    super(problem.rule(), null, false, false);
    this.problem = problem;
  }

  SchemaProblem problem() {
    return problem;
  }
}
