package dev.anvil.client;

import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Problem;

/**
 * A call that did not succeed, after all repetitions that were harmless. One of five kinds, so that
 * a program catches what it can deal with; the {@link #code} tells more.
 */
public abstract sealed class AnvilException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final boolean connectionLost;

  private AnvilException(Problem problem, boolean connectionLost, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
    this.connectionLost = connectionLost;
  }

  /** 401 or 403: the caller is not known, or may not do it. */
  public static final class Denied extends AnvilException {
    private static final long serialVersionUID = 1L;

    private Denied(Problem problem, String message, Throwable cause) {
      super(problem, false, message, cause);
    }
  }

  /** 404 or 410: it is not there, or no longer. */
  public static final class NotFound extends AnvilException {
    private static final long serialVersionUID = 1L;

    private NotFound(Problem problem, String message, Throwable cause) {
      super(problem, false, message, cause);
    }
  }

  /** 304, 409 or 412: what is there is not what the call takes for granted. */
  public static final class Conflict extends AnvilException {
    private static final long serialVersionUID = 1L;

    private Conflict(Problem problem, String message, Throwable cause) {
      super(problem, false, message, cause);
    }
  }

  /** No answer, 429, 503, or what the server calls retryable: it may succeed later. */
  public static final class Unavailable extends AnvilException {
    private static final long serialVersionUID = 1L;

    private Unavailable(Problem problem, boolean lost, String message, Throwable cause) {
      super(problem, lost, message, cause);
    }
  }

  /** Everything else: a request that is wrong, a server that failed, a strange answer. */
  public static final class Failed extends AnvilException {
    private static final long serialVersionUID = 1L;

    private Failed(Problem problem, String message, Throwable cause) {
      super(problem, false, message, cause);
    }
  }

  static AnvilException of(ClientException e) {
    boolean lost = e.exitCode() == ClientException.UNREACHABLE;
    return of(e.problem(), lost, e.getMessage(), e);
  }

  static AnvilException of(Problem problem, boolean lost, String message, Throwable cause) {
    if (lost || Calls.passing(problem)) {
      return new Unavailable(problem, lost, message, cause);
    }
    return switch (problem.status()) {
      case 401, 403 -> new Denied(problem, message, cause);
      case 404, 410 -> new NotFound(problem, message, cause);
      case 304, 409, 412 -> new Conflict(problem, message, cause);
      default -> new Failed(problem, message, cause);
    };
  }

  /** Of an answer that this API does not have. */
  static AnvilException strange(String what, Throwable cause) {
    return new Failed(Problem.NONE, "the answer is not one of this API: " + what, cause);
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

  /** Whether there was no answer: a write may have happened. */
  public boolean unanswered() {
    return connectionLost;
  }

  /** Whether the same call may succeed later: of {@link Unavailable} alone. */
  public boolean retryable() {
    return this instanceof Unavailable;
  }
}
