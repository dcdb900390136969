package dev.anvil.operations.backup;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * Where a blob lies and what it must be.
 *
 * @param pack 16 bytes, the name of its pack
 * @param offset of its first byte in the pack
 * @param length stored bytes
 * @param hash SHA-256 of the bytes before they were packed and sealed
 */
record BlobRef(byte[] pack, int offset, int length, byte[] hash) {
  static final int PACK_NAME_BYTES = 16;
  static final int HASH_BYTES = 32;

  String file() {
    return BackupFiles.pack(pack);
  }

  void write(RecordWriter w) {
    w.blob(pack).varint(offset).varint(length).blob(hash);
  }

  static BlobRef read(RecordReader r) {
    byte[] pack = r.blob();
    int offset = r.count(Integer.MAX_VALUE);
    int length = r.count(Integer.MAX_VALUE);
    byte[] hash = r.blob();
    if (pack == null || pack.length != PACK_NAME_BYTES) {
      throw new Corrupt("a list of a backup names no pack");
    }
    if (hash == null || hash.length != HASH_BYTES || offset > Integer.MAX_VALUE - length) {
      throw new Corrupt("a list of a backup names no blob");
    }
    return new BlobRef(pack, offset, length, hash);
  }
}
