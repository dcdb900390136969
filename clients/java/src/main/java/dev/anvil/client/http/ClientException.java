package dev.anvil.client.http;

/** A call that did not succeed, with the exit code a script sees. */
public final class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The thing failed. */
  public static final int FAILED = 1;

  /** The verb was used wrongly. */
  public static final int USAGE = 2;

  /** The server cannot be reached. */
  public static final int UNREACHABLE = 3;

  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final int exitCode;
  private final Problem problem;

  /** With its exit code and the message for a person. */
  public ClientException(int exitCode, String message) {
    this(exitCode, Problem.NONE, message);
  }

  /** Of an answer that says no. */
  ClientException(int exitCode, Problem problem, String message) {
    super(message);
    this.exitCode = exitCode;
    this.problem = problem;
  }

  /** What the server said; {@link Problem#NONE} if there was no answer. */
  public Problem problem() {
    return problem;
  }

  /** Status of the answer; 0 if there was none. */
  public int status() {
    return problem.status();
  }

  /** Whether the same call may succeed a moment later. */
  public boolean passing() {
    return exitCode == UNREACHABLE || status() == TOO_MANY || status() >= SERVER_ERROR;
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
