package dev.anvil.app.settings;

/** A setting that stops the start; the message names it, its source, the rule and the cure. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the whole message for the operator. */
  public SettingsException(String message) {
    super(message);
  }

  /** With what it comes from. */
  public SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
