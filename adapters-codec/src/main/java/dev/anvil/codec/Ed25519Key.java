package dev.anvil.codec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Set;

/** Ed25519 on the JDK; Nimbus has its own only with one more library. */
final class Ed25519Key implements JWSSigner, JWSVerifier {
  private static final int PUBLIC_BYTES = 32;

  private final byte[] seed;
  private volatile KeyPair made;
  private final JCAContext context = new JCAContext();

  private Ed25519Key(byte[] seed) {
    this.seed = seed;
  }

  /** The pair of a private key of 32 bytes (RFC 8032). */
  static Ed25519Key ofSeed(byte[] seed) {
    return new Ed25519Key(seed.clone());
  }

  /** Worked out when first needed: most nodes neither sign nor verify with it. */
  private KeyPair pair() {
    KeyPair pair = made;
    if (pair == null) {
      // the same whoever works it out
      pair = generate();
      made = pair;
    }
    return pair;
  }

  private KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  /**
   * Gives the seed away as if drawn: a private key is nothing but 32 random bytes, and the JDK
   * works out the public key of one only while it generates a pair.
   */
  private static final class Seed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("an Ed25519 private key has 32 bytes");
      }
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }

  /** The public key for a key set. */
  JWK publicJwk(String id) {
    byte[] encoded = pair().getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - PUBLIC_BYTES, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw))
        .keyID(id)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.EdDSA)
        .build();
  }

  @Override
  public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair().getPrivate());
      signature.update(input);
      return Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new JOSEException("Ed25519 cannot sign", e);
    }
  }

  @Override
  public boolean verify(JWSHeader header, byte[] input, Base64URL signed) throws JOSEException {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(pair().getPublic());
      signature.update(input);
      return verified(signature, signed.decode());
    } catch (GeneralSecurityException e) {
      throw new JOSEException("Ed25519 cannot verify", e);
    }
  }

  /** The JDK throws where a signature has the wrong length or lies outside the group. */
  private static boolean verified(Signature signature, byte[] signed) {
    try {
      return signature.verify(signed);
    } catch (SignatureException _) {
      return false;
    }
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.EdDSA);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
