package dev.anvil.http.wire;

/** A problem of HTTP itself, which the domain has no family for; carries no stack trace. */
public final class Refusal extends RuntimeException {
  private final transient Problem problem;

  /** Ends the request with this problem. */
  public Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** The answer. */
  public Problem problem() {
    return problem;
  }
}
