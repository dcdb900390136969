package dev.anvil.app.client;

/** A call that did not succeed, with the exit code a script sees. */
public final class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The thing failed. */
  public static final int FAILED = 1;

  /** The verb was used wrongly. */
  public static final int USAGE = 2;

  /** The server cannot be reached. */
  public static final int UNREACHABLE = 3;

  private final int exitCode;

  /** With its exit code and the message for a person. */
  public ClientException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
