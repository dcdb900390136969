package dev.anvil.codec;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.identity.StableSealer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Deterministic sealing with a synthetic initialisation vector: the first 16 bytes of HMAC-SHA256
 * over the value are both its tag and the counter block of AES-256-CTR, under two keys derived for
 * the purpose.
 */
public final class SivSealer implements StableSealer {
  private static final String LABEL = "siv/";
  private static final int KEY_BYTES = 32;
  private static final int TAG_BYTES = 16;

  private record Keys(SecretKeySpec tag, SecretKeySpec cipher) {}

  private final List<Keys> newestFirst = new ArrayList<>();

  /** The first key seals, all of them open. */
  public SivSealer(List<KeyMaterial> newestFirst, String purpose) {
    for (KeyMaterial key : newestFirst) {
      this.newestFirst.add(
          new Keys(
              new SecretKeySpec(key.derive(LABEL + purpose + "/tag", KEY_BYTES), "HmacSHA256"),
              new SecretKeySpec(key.derive(LABEL + purpose + "/cipher", KEY_BYTES), "AES")));
    }
  }

  @Override
  public byte[] seal(byte[] plain) {
    Keys keys = newestFirst.getFirst();
    byte[] tag = tag(keys, plain);
    byte[] hidden = cipher(keys, tag, plain);
    byte[] out = Arrays.copyOf(tag, TAG_BYTES + hidden.length);
    System.arraycopy(hidden, 0, out, TAG_BYTES, hidden.length);
    return out;
  }

  @Override
  public byte[] open(byte[] sealed) {
    if (sealed.length >= TAG_BYTES) {
      byte[] tag = Arrays.copyOf(sealed, TAG_BYTES);
      byte[] hidden = Arrays.copyOfRange(sealed, TAG_BYTES, sealed.length);
      for (Keys keys : newestFirst) {
        byte[] plain = cipher(keys, tag, hidden);
        if (MessageDigest.isEqual(tag, tag(keys, plain))) {
          return plain;
        }
      }
    }
    throw new Corrupt("a sealed value does not open: it was changed or belongs elsewhere");
  }

  private static byte[] tag(Keys keys, byte[] plain) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.tag());
      return Arrays.copyOf(mac.doFinal(plain), TAG_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA256", e);
    }
  }

  private static byte[] cipher(Keys keys, byte[] tag, byte[] in) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, keys.cipher(), new IvParameterSpec(tag));
      return cipher.doFinal(in);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-256-CTR", e);
    }
  }
}
