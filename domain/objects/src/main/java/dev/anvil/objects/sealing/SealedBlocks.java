package dev.anvil.objects.sealing;

import dev.anvil.ports.failure.Corrupt;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/**
 * The stored form of encrypted bytes: blocks of {@link #BLOCK} plain bytes, each with its tag; the
 * number of a block and whether it is the last are its nonce, so blocks cannot change places, be
 * left out or be added. A small body that lies in the engine has 16 bytes of salt before them.
 */
public final class SealedBlocks {
  /** Plain bytes of every block but the last. */
  public static final int BLOCK = (64 << 10) - Aes.TAG_BYTES;

  static final int SEALED_BLOCK = BLOCK + Aes.TAG_BYTES;
  static final int SALT_BYTES = 16;
  private static final byte[] NOTHING = new byte[0];
  private static final int LAST_AT = Long.BYTES;

  private SealedBlocks() {}

  /** Stored bytes of a body with so many plain ones. */
  public static long length(long plain) {
    return plain + (plain + BLOCK - 1) / BLOCK * Aes.TAG_BYTES;
  }

  /** Stored bytes of a small body in the engine. */
  public static long smallLength(long plain) {
    return plain == 0 ? 0 : SALT_BYTES + length(plain);
  }

  static byte[] seal(SecretKeySpec key, long block, boolean last, byte[] plain, int length) {
    return Aes.encrypt(key, nonce(block, last), NOTHING, plain, length);
  }

  static byte[] open(
      SecretKeySpec key, long block, boolean last, byte[] sealed, int from, int length) {
    byte[] plain = Aes.decrypt(key, nonce(block, last), NOTHING, sealed, from, length);
    if (plain == null) {
      throw new Corrupt("block " + block + " of an encrypted body does not open: it was changed");
    }
    return plain;
  }

  private static byte[] nonce(long block, boolean last) {
    byte[] nonce = ByteBuffer.allocate(Aes.NONCE_BYTES).putLong(block).array();
    nonce[LAST_AT] = (byte) (last ? 1 : 0);
    return nonce;
  }

  static byte[] sealSmall(DataKey key, byte[] salt, byte[] plain) {
    if (plain.length == 0) {
      return NOTHING;
    }
    byte[] out = Arrays.copyOf(salt, (int) smallLength(plain.length));
    SecretKeySpec body = key.bodyKey(salt);
    int at = salt.length;
    long block = 0;
    for (int from = 0; from < plain.length; from += BLOCK) {
      int to = Math.min(plain.length, from + BLOCK);
      byte[] part = Arrays.copyOfRange(plain, from, to);
      byte[] sealed = seal(body, block++, to == plain.length, part, part.length);
      System.arraycopy(sealed, 0, out, at, sealed.length);
      at += sealed.length;
    }
    return out;
  }

  /** The plain bytes of a small body out of the engine. */
  public static byte[] openSmall(DataKey key, byte[] stored, int plainLength) {
    if (plainLength == 0) {
      return NOTHING;
    }
    if (stored.length != smallLength(plainLength)) {
      throw new Corrupt("an encrypted body in the engine has another length than its record says");
    }
    SecretKeySpec body = key.bodyKey(Arrays.copyOf(stored, SALT_BYTES));
    byte[] out = new byte[plainLength];
    long block = 0;
    int at = SALT_BYTES;
    for (int from = 0; from < plainLength; from += BLOCK) {
      int length = Math.min(plainLength - from, BLOCK);
      boolean last = from + length == plainLength;
      byte[] plain = open(body, block++, last, stored, at, length + Aes.TAG_BYTES);
      System.arraycopy(plain, 0, out, from, length);
      at += length + Aes.TAG_BYTES;
    }
    return out;
  }
}
