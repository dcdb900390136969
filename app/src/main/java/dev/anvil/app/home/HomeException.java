package dev.anvil.app.home;

/** The storage path cannot be used; the message says what was found and what to do. */
public final class HomeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the whole message for the operator. */
  public HomeException(String message) {
    super(message);
  }

  /** With its cause. */
  public HomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
