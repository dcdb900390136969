package dev.anvil.objects.sealing;

import dev.anvil.ports.failure.Invalid;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A key that a customer sends with every request and that is never stored. */
public final class CustomerKey {
  private final byte[] key;

  /**
   * From its bytes.
   *
   * @throws Invalid InvalidArgument unless there are 32
   */
  public CustomerKey(byte[] key) {
    if (key.length != Aes.KEY_BYTES) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "The secret key was invalid for the specified algorithm: it has 32 bytes.");
    }
    this.key = key.clone();
  }

  byte[] bytes() {
    return key;
  }

  /** Base64 of its MD5, by which clients recognise it. */
  public String md5() {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  @Override
  public String toString() {
    return "CustomerKey[hidden]";
  }
}
