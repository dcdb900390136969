package dev.anvil.waist;

import dev.anvil.ports.failure.Corrupt;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The check of every stored value: value, then CRC32C over key and value, 4 bytes big-endian. So a
 * flipped bit, and a value that came to lie under another key, are found on every read.
 */
final class RecordCheck {
  static final int BYTES = 4;

  private RecordCheck() {}

  /** The stored form of a value. */
  static byte[] seal(byte[] key, byte[] value) {
    byte[] stored = Arrays.copyOf(value, value.length + BYTES);
    int crc = crc(key, value, value.length);
    for (int i = 0; i < BYTES; i++) {
      stored[value.length + i] = (byte) (crc >>> 24 - 8 * i);
    }
    return stored;
  }

  /** The value of a stored form. */
  static byte[] open(byte[] key, byte[] stored) {
    int length = stored.length - BYTES;
    if (length < 0 || crc(key, stored, length) != crcAt(stored, length)) {
      throw new Corrupt(
          "the stored value of key "
              + HexFormat.of().formatHex(key, 0, Math.min(key.length, 40))
              + " ("
              + stored.length
              + " bytes) fails its check");
    }
    return Arrays.copyOf(stored, length);
  }

  private static int crc(byte[] key, byte[] value, int length) {
    CRC32C crc = new CRC32C();
    crc.update(key, 0, key.length);
    crc.update(value, 0, length);
    return (int) crc.getValue();
  }

  private static int crcAt(byte[] stored, int at) {
    int v = 0;
    for (int i = 0; i < BYTES; i++) {
      v = v << 8 | stored[at + i] & 0xFF;
    }
    return v;
  }
}
