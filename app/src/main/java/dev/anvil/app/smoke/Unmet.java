package dev.anvil.app.smoke;

/** Something a check needs does not hold. */
final class Unmet extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unmet(String message) {
    super(message);
  }

  /** Fails unless it holds. */
  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Unmet(otherwise);
    }
  }
}
