package dev.anvil.codec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.JWK;
import java.util.Optional;

/**
 * A key that signs and verifies tokens, with the one algorithm it is for. Derived from JWT_SECRET:
 * every node with the same setting has the same key under the same id, and nothing is stored.
 */
public final class TokenKey {
  private static final int KEY_BYTES = 32;
  private static final String HS256_LABEL = "jwt/hs256";
  private static final String EDDSA_LABEL = "jwt/eddsa";

  private final JWSHeader header;
  private final JWSSigner signer;
  private final JWSVerifier verifier;
  private final Ed25519Key pair;

  private TokenKey(JWSHeader header, JWSSigner signer, JWSVerifier verifier, Ed25519Key pair) {
    this.header = header;
    this.signer = signer;
    this.verifier = verifier;
    this.pair = pair;
  }

  /** HMAC with SHA-256: only who holds the secret can verify. */
  public static TokenKey hs256(KeyMaterial secret) {
    byte[] key = secret.derive(HS256_LABEL, KEY_BYTES);
    try {
      return new TokenKey(
          header(JWSAlgorithm.HS256, secret.id(HS256_LABEL)),
          new MACSigner(key),
          new MACVerifier(key),
          null);
    } catch (JOSEException e) {
      throw new IllegalStateException("a key of 32 bytes does for HS256", e);
    }
  }

  /** Ed25519: anybody can verify with the public key. */
  public static TokenKey eddsa(KeyMaterial secret) {
    Ed25519Key key = Ed25519Key.ofSeed(secret.derive(EDDSA_LABEL, KEY_BYTES));
    String id = secret.id(EDDSA_LABEL);
    return new TokenKey(header(JWSAlgorithm.EdDSA, id), key, key, key);
  }

  private static JWSHeader header(JWSAlgorithm algorithm, String id) {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(id).build();
  }

  /** Its id, {@code kid} in a token. */
  public String id() {
    return header.getKeyID();
  }

  JWSHeader header() {
    return header;
  }

  JWSSigner signer() {
    return signer;
  }

  JWSVerifier verifier() {
    return verifier;
  }

  Optional<JWK> publicKey() {
    return Optional.ofNullable(pair).map(key -> key.publicJwk(id()));
  }

  @Override
  public String toString() {
    return "TokenKey[" + header.getAlgorithm() + " " + id() + "]";
  }
}
