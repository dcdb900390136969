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
  private final int status;

  /** With its exit code and the message for a person. */
  public ClientException(int exitCode, String message) {
    this(exitCode, 0, message);
  }

  /** Of an answer with this status. */
  ClientException(int exitCode, int status, String message) {
    super(message);
    this.exitCode = exitCode;
    this.status = status;
  }

  /** Status of the answer; 0 if there was none. */
  public int status() {
    return status;
  }

  /** Whether the same call may succeed a moment later. */
  public boolean passing() {
    return exitCode == UNREACHABLE || status == TOO_MANY || status >= SERVER_ERROR;
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
