package dev.anvil.objects.sealing;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotImplemented;
import dev.anvil.ports.identity.SealedSecret;
import dev.anvil.ports.identity.SecretSealer;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Keys of bodies. Each version has its own, wrapped under the bucket's key, which is sealed under
 * the envelope key of the deployment, or wrapped under a customer's key, which is kept nowhere.
 */
public final class BodyKeys {
  private static final String PURPOSE = "bucket-key";
  private static final byte[] WRAP = "anvil/wrap/1".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;
  private final SecretSealer sealer;
  private final RandomGenerator random;

  /**
   * With the sealer of the deployment.
   *
   * @param random of cryptographic strength
   */
  public BodyKeys(SecretSealer sealer, RandomGenerator random) {
    this.sealer = sealer;
    this.random = random;
  }

  /** Where no envelope key is at hand: whoever wants encryption is refused. */
  public static BodyKeys none() {
    return new BodyKeys(null, null);
  }

  /** A new key of a bucket, sealed for its record. */
  public byte[] newBucketKey(long bucketId) {
    if (sealer == null) {
      throw new NotImplemented("encryption of bodies: this process has no envelope key");
    }
    return sealed(bucketId, random(Aes.KEY_BYTES));
  }

  /** The key of a bucket out of its record. */
  public byte[] openBucketKey(long bucketId, byte[] record) {
    if (sealer == null) {
      throw new NotImplemented("encryption of bodies: this process has no envelope key");
    }
    return sealer.open(PURPOSE, context(bucketId), secret(record));
  }

  /** Id of the envelope key that seals now; empty where there is none. */
  public String envelope() {
    return sealer == null ? "" : sealer.currentKeyId();
  }

  /** The record sealed anew under the current envelope key; null if it is so already. */
  public byte[] resealed(long bucketId, byte[] record) {
    SealedSecret secret = secret(record);
    return secret.keyId().equals(sealer.currentKeyId())
        ? null
        : sealed(bucketId, sealer.open(PURPOSE, context(bucketId), secret));
  }

  /** Id of the envelope key that the record of a bucket's key is sealed under. */
  public static String sealedUnder(byte[] record) {
    return secret(record).keyId();
  }

  private byte[] sealed(long bucketId, byte[] key) {
    SealedSecret s = sealer.seal(PURPOSE, context(bucketId), key);
    return new RecordWriter(FORMAT).text(s.keyId()).blob(s.bytes()).toBytes();
  }

  private static SealedSecret secret(byte[] record) {
    RecordReader r = new RecordReader(record, "key of a bucket", FORMAT);
    String id = r.text();
    byte[] bytes = r.blob();
    if (id == null || bytes == null) {
      throw new Corrupt("the key of a bucket lacks its id or its envelope");
    }
    return new SealedSecret(id, bytes);
  }

  private static byte[] context(long bucketId) {
    return ByteBuffer.allocate(Long.BYTES).putLong(bucketId).array();
  }

  /**
   * A key for new bytes, or null if they stay plain.
   *
   * @param bucketSeals whether the bucket encrypts where the writer says nothing
   */
  public DataKey forWrite(SealWish wish, boolean bucketSeals, Supplier<byte[]> bucketKey) {
    if (wish.customer() != null) {
      requireRandom();
      return fresh(wish.customer().bytes(), wish.customer().md5());
    }
    return wish.server() || bucketSeals ? fresh(bucketKey.get(), null) : null;
  }

  private void requireRandom() {
    if (random == null) {
      throw new NotImplemented("encryption of bodies: this process has no envelope key");
    }
  }

  private DataKey fresh(byte[] under, String customerMd5) {
    byte[] key = random(Aes.KEY_BYTES);
    byte[] nonce = random(Aes.NONCE_BYTES);
    byte[] sealed = Aes.encrypt(Aes.key(under), nonce, WRAP, key, key.length);
    byte[] wrapped = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, wrapped, nonce.length, sealed.length);
    return new DataKey(key, new Sealing(wrapped, customerMd5), random);
  }

  /**
   * The key of stored bytes; null if they are plain.
   *
   * @param customer what the reader sent, or null
   * @throws Invalid InvalidRequest if a key was sent in vain or lacks
   * @throws Denied CustomerKeyMismatch if it is another one
   */
  public DataKey open(Sealing sealing, CustomerKey customer, Supplier<byte[]> bucketKey) {
    boolean wanted = sealing != null && sealing.ofCustomer();
    if (!wanted && customer != null) {
      throw new Invalid(
          Invalid.Reason.REQUEST, "The encryption parameters are not applicable to this object.");
    }
    if (sealing == null) {
      return null;
    }
    if (wanted && customer == null) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "the object is sealed under a customer's key, which must come with the request; the S3"
              + " gateway takes such keys, the native API does not",
          Map.of("customerKey", true));
    }
    byte[] under = wanted ? customer.bytes() : bucketKey.get();
    byte[] wrapped = sealing.wrapped();
    byte[] nonce = Arrays.copyOf(wrapped, Aes.NONCE_BYTES);
    byte[] key =
        wrapped.length <= Aes.NONCE_BYTES
            ? null
            : Aes.decrypt(
                Aes.key(under), nonce, WRAP, wrapped, nonce.length, wrapped.length - nonce.length);
    if (key == null) {
      throw wanted
          ? new Denied(
              Denied.Reason.CUSTOMER_KEY, "the key that was sent is not the one of the object")
          : new Corrupt("the key of a version does not open under the key of its bucket");
    }
    return new DataKey(key, sealing, random);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
