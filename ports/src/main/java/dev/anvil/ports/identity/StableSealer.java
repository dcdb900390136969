package dev.anvil.ports.identity;

/**
 * Seals short values that clients hold for the server and hand back. Equal values give equal seals,
 * and nothing else of a value shows but its length. Safe for any number of threads; nothing blocks.
 */
public interface StableSealer {
  /** The value, sealed under the current key. */
  byte[] seal(byte[] plain);

  /**
   * The reverse of {@link #seal}.
   *
   * @throws dev.anvil.ports.failure.Corrupt if it was changed, or sealed under a key not at hand
   */
  byte[] open(byte[] sealed);
}
