package dev.anvil.cluster.curator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys derived from the cluster secret, one for each use. */
final class Derived {
  private static final String HMAC = "HmacSHA256";

  private Derived() {}

  static byte[] key(byte[] secret, String use) {
    return mac(secret, ("anvil zookeeper " + use).getBytes(StandardCharsets.UTF_8));
  }

  /** User and password of the access control list. */
  static String credentials(byte[] secret) {
    return "anvil:" + HexFormat.of().formatHex(key(secret, "acl"));
  }

  static byte[] mac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
