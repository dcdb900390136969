package dev.anvil.operations.backup;

import java.util.zip.CRC32C;

/** A hash of keys that says where chunks and segments end; the same for ever. */
final class Keys {
  private Keys() {}

  static int hash(byte[] key) {
    CRC32C crc = new CRC32C();
    crc.update(key, 0, key.length);
    return (int) crc.getValue();
  }
}
