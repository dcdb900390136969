package dev.anvil.ports.identity;

/** Where the admin credential of this deployment is kept. Safe for any number of threads. */
public interface AdminSecret {
  /** The credential in force. */
  String text();

  /** Whether this process keeps it; else it comes from the settings. */
  boolean rotates();

  /**
   * Puts another in its place, durably, before it returns; the one before counts no more.
   *
   * @throws dev.anvil.ports.failure.WrongState if it does not {@link #rotates rotate}
   * @throws dev.anvil.ports.failure.Unavailable if it cannot be kept; then nothing changed
   */
  void replace(String text);
}
