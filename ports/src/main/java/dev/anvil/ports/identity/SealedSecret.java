package dev.anvil.ports.identity;

/**
 * A secret in its envelope; safe to store.
 *
 * @param keyId id of the key that opens it
 * @param bytes nonce, ciphertext and tag, as the sealer lays them out; not changed by who holds
 *     them
 */
public record SealedSecret(String keyId, byte[] bytes) {
  @Override
  public String toString() {
    return "SealedSecret[keyId=" + keyId + "]";
  }
}
