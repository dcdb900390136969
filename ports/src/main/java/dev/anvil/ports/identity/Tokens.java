package dev.anvil.ports.identity;

/**
 * Signs and verifies tokens under a ring of keys. One key signs; older ones still verify until they
 * are taken out. The algorithm belongs to the key, never to what a token says of itself.
 *
 * <p>Safe for any number of threads; nothing blocks.
 */
public interface Tokens {
  /** A compact signed token with the claims, under the newest key. */
  String sign(TokenClaims claims);

  /**
   * The claims of a token whose signature holds. Times, issuer and audience are for the caller to
   * judge.
   *
   * @throws dev.anvil.ports.failure.Unauthenticated if it is malformed, longer than its bound, of
   *     an unknown key, of another algorithm than its key's ({@code none} included), not signed by
   *     that key, or lacks a claim; never says which
   */
  TokenClaims verify(String token);

  /** JWK Set with the public keys, JSON in UTF-8; no keys if all are symmetric. */
  byte[] publicKeys();
}
