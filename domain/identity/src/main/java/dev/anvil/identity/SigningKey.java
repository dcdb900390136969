package dev.anvil.identity;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of Signature V4: made of a secret, good for one day, region and service, and not good for
 * finding the secret. Immutable; safe for any number of threads.
 */
public final class SigningKey {
  private static final String HMAC = "HmacSHA256";
  private static final HexFormat HEX = HexFormat.of();

  /** Holds the key; copied for each use, which is cheaper than making one. */
  private final Mac prototype;

  private SigningKey(byte[] key) {
    prototype = of(new SecretKeySpec(key, HMAC));
  }

  /**
   * Derives the key of a secret.
   *
   * @param secret text of the secret in ASCII; not kept and not changed
   * @param date eight digits
   */
  public static SigningKey derive(byte[] secret, String date, String region, String service) {
    byte[] start = new byte[secret.length + 4];
    byte[] prefix = "AWS4".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(prefix, 0, start, 0, prefix.length);
    System.arraycopy(secret, 0, start, prefix.length, secret.length);
    byte[] ofDate = mac(new SecretKeySpec(start, HMAC), date);
    java.util.Arrays.fill(start, (byte) 0);
    byte[] ofRegion = mac(new SecretKeySpec(ofDate, HMAC), region);
    byte[] ofService = mac(new SecretKeySpec(ofRegion, HMAC), service);
    return new SigningKey(mac(new SecretKeySpec(ofService, HMAC), "aws4_request"));
  }

  /** Signature of the text, in lower-case hexadecimal digits. */
  public String sign(String text) {
    try {
      Mac mac = (Mac) prototype.clone();
      return HEX.formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's " + HMAC + " can be copied", e);
    }
  }

  /** Whether the signature is that of the text; takes the same time whatever differs. */
  public boolean signed(String text, String signature) {
    return MessageDigest.isEqual(
        sign(text).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "SigningKey[hidden]";
  }

  private static byte[] mac(SecretKeySpec key, String text) {
    return of(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Mac of(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
