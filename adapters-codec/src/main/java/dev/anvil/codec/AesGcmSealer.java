package dev.anvil.codec;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals with AES-256-GCM. An envelope is one byte of format (1), 12 bytes of random nonce, the
 * ciphertext and 16 bytes of tag; key id, purpose and context are authenticated with it.
 */
public final class AesGcmSealer implements SecretSealer {
  private static final int FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final String LABEL = "seal/";

  private final Map<String, KeyMaterial> keys = new LinkedHashMap<>();

  /** Derived keys by key id and purpose; purposes are constants of the program, so few. */
  private final Map<String, SecretKeySpec> derived = new ConcurrentHashMap<>();

  private final String current;
  private final SecureRandom random;

  /** The first key seals, all of them open: older ones are kept until everything is sealed anew. */
  public AesGcmSealer(List<KeyMaterial> newestFirst, SecureRandom random) {
    for (KeyMaterial key : newestFirst) {
      keys.putIfAbsent(key.id(LABEL), key);
    }
    this.current = newestFirst.getFirst().id(LABEL);
    this.random = random;
  }

  @Override
  public SealedSecret seal(String purpose, byte[] context, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, current, purpose, context, nonce);
      byte[] out = new byte[1 + NONCE_BYTES + secret.length + TAG_BYTES];
      out[0] = FORMAT;
      System.arraycopy(nonce, 0, out, 1, NONCE_BYTES);
      cipher.doFinal(secret, 0, secret.length, out, 1 + NONCE_BYTES);
      return new SealedSecret(current, out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot seal with AES-256-GCM", e);
    }
  }

  @Override
  public byte[] open(String purpose, byte[] context, SealedSecret sealed) {
    if (!knows(sealed.keyId())) {
      throw new Unavailable(
          Unavailable.Reason.UNAVAILABLE,
          "a secret is sealed under key "
              + sealed.keyId()
              + ", which this node does not have; start it with the ANVIL_SECRET_ENCRYPTION_KEY of"
              + " that id");
    }
    byte[] in = sealed.bytes();
    if (in.length < 1 + NONCE_BYTES + TAG_BYTES || in[0] != FORMAT) {
      throw new Corrupt("a sealed secret has an unknown format or ends early");
    }
    byte[] nonce = Arrays.copyOfRange(in, 1, 1 + NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, sealed.keyId(), purpose, context, nonce)
          .doFinal(in, 1 + NONCE_BYTES, in.length - 1 - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw new Corrupt("a sealed secret does not open: it was changed or belongs elsewhere");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot open AES-256-GCM", e);
    }
  }

  private Cipher cipher(int mode, String keyId, String purpose, byte[] context, byte[] nonce)
      throws GeneralSecurityException {
    SecretKeySpec key =
        derived.computeIfAbsent(
            keyId + "/" + purpose,
            _ -> new SecretKeySpec(keys.get(keyId).derive(LABEL + purpose, KEY_BYTES), "AES"));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(authenticated(keyId, purpose, context));
    return cipher;
  }

  /** Each part ends with a zero byte, which neither ids nor purposes hold; the context is last. */
  private static byte[] authenticated(String keyId, String purpose, byte[] context) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(FORMAT);
    out.writeBytes(keyId.getBytes(StandardCharsets.UTF_8));
    out.write(0);
    out.writeBytes(purpose.getBytes(StandardCharsets.UTF_8));
    out.write(0);
    out.writeBytes(context);
    return out.toByteArray();
  }

  @Override
  public boolean knows(String keyId) {
    return keys.containsKey(keyId);
  }

  @Override
  public String currentKeyId() {
    return current;
  }
}
