package dev.anvil.ports.identity;

/**
 * Seals secrets that must stay recoverable, under keys derived for each purpose from a key that is
 * never stored with them. Safe for any number of threads; nothing blocks.
 */
public interface SecretSealer {
  /**
   * Seals under the current key.
   *
   * @param purpose what the secret is for; each has keys of its own
   * @param context what it belongs to; opening needs the same, so an envelope cannot be moved
   */
  SealedSecret seal(String purpose, byte[] context, byte[] secret);

  /**
   * The secret; the caller may wipe the array.
   *
   * @throws dev.anvil.ports.failure.Corrupt if the envelope was changed, or belongs to another
   *     purpose or context
   * @throws dev.anvil.ports.failure.Unavailable if the key of that id is not at hand
   */
  byte[] open(String purpose, byte[] context, SealedSecret sealed);

  /** Whether the key of this id is at hand. */
  boolean knows(String keyId);

  /** Id of the key that seals. */
  String currentKeyId();
}
