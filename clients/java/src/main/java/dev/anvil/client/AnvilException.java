package dev.anvil.client;

import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Problem;

/** A call that did not succeed, after all repetitions that were harmless. */
public final class AnvilException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final boolean connectionLost;

  AnvilException(Problem problem, boolean connectionLost, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
    this.connectionLost = connectionLost;
  }

  static AnvilException of(ClientException e) {
    boolean lost = e.exitCode() == ClientException.UNREACHABLE;
    return new AnvilException(e.problem(), lost, e.getMessage(), e);
  }

  /** Of an answer that this API does not have. */
  static AnvilException strange(String what, Throwable cause) {
    return new AnvilException(
        Problem.NONE, false, "the answer is not one of this API: " + what, cause);
  }

  /** Status of the answer; 0 if there was none. */
  public int status() {
    return problem.status();
  }

  /** The stable code, such as {@code ObjectNotFound}; empty without one, as after HEAD. */
  public String code() {
    return problem.code();
  }

  /** What the server says about it; empty without an answer. */
  public String detail() {
    return problem.detail();
  }

  /** Under which the server's logs have it; empty without an answer. */
  public String requestId() {
    return problem.requestId();
  }

  /** Whether the same call may succeed later. A write may have happened if there was no answer. */
  public boolean retryable() {
    return connectionLost || Calls.passing(problem);
  }
}
