package dev.anvil.objects.sealing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.spec.SecretKeySpec;

/** The key of one version, at hand, and how its record keeps it. */
public final class DataKey {
  private static final byte[] BODY = "anvil/body/1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAG = "anvil/etag/1".getBytes(StandardCharsets.US_ASCII);
  private static final int ETAG_BYTES = 16;
  private final byte[] key;
  private final Sealing sealing;
  private final RandomGenerator random;

  DataKey(byte[] key, Sealing sealing, RandomGenerator random) {
    this.key = key;
    this.sealing = sealing;
    this.random = random;
  }

  /** As the record keeps it. */
  public Sealing sealing() {
    return sealing;
  }

  /** Every body has a key of its own, by its name, so that no nonce is ever used twice. */
  SecretKeySpec bodyKey(byte[] name) {
    return Aes.key(Aes.hmac(key, BODY, name));
  }

  /**
   * What stands for the MD5 in entity tags: under a customer's key it says nothing of the bytes to
   * who lacks the key.
   */
  public byte[] etag(byte[] md5) {
    return sealing.ofCustomer() ? Arrays.copyOf(Aes.hmac(key, TAG, md5), ETAG_BYTES) : md5;
  }

  /** Small bytes that will lie in the engine, encrypted. */
  public byte[] sealSmall(byte[] plain) {
    byte[] salt = new byte[SealedBlocks.SALT_BYTES];
    random.nextBytes(salt);
    return SealedBlocks.sealSmall(this, salt, plain);
  }

  @Override
  public String toString() {
    return "DataKey[hidden]";
  }
}
