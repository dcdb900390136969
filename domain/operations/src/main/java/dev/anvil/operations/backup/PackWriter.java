package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupTarget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Gathers blobs into packs at a target. A pack is its head (magic and name), blobs, and the SHA-256
 * of all before. Holds one pack in memory; one thread.
 */
final class PackWriter {
  static final byte[] MAGIC = "ANVILPK1".getBytes(StandardCharsets.US_ASCII);
  static final int HEAD_BYTES = MAGIC.length + BlobRef.PACK_NAME_BYTES;
  static final int TAIL_BYTES = BlobRef.HASH_BYTES;

  private final BackupTarget target;
  private final Blobs blobs;
  private final RandomGenerator random;
  private final ByteArrayOutputStream pack = new ByteArrayOutputStream();
  private byte[] name;
  private long stored;

  PackWriter(BackupTarget target, Blobs blobs, RandomGenerator random) {
    this.target = target;
    this.blobs = blobs;
    this.random = random;
    begin();
  }

  private void begin() {
    name = new byte[BlobRef.PACK_NAME_BYTES];
    random.nextBytes(name);
    pack.reset();
    pack.writeBytes(MAGIC);
    pack.writeBytes(name);
  }

  /** Adds a blob whose SHA-256 is known; it is at the target after the next {@link #flush}. */
  BlobRef add(byte[] plain, byte[] hash, boolean compress) {
    byte[] bytes = blobs.encode(plain, compress);
    BlobRef ref = new BlobRef(name, pack.size(), bytes.length, hash);
    pack.writeBytes(bytes);
    if (pack.size() >= BackupLimits.PACK_BYTES) {
      flush();
    }
    return ref;
  }

  /** Everything added is at the target when this returns. */
  void flush() {
    if (pack.size() == HEAD_BYTES) {
      return;
    }
    pack.writeBytes(BackupFiles.sha256(pack.toByteArray()));
    target.put(BackupFiles.pack(name), pack.toByteArray());
    stored += pack.size();
    begin();
  }

  /** Bytes put at the target so far. */
  long stored() {
    return stored;
  }

  /** Refuses a pack that is not whole, or not the one of this name. */
  static void check(String file, byte[] bytes) {
    int end = bytes.length - TAIL_BYTES;
    if (end < HEAD_BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw BackupFiles.damaged(file, "is cut off or is no pack");
    }
    byte[] named = Arrays.copyOfRange(bytes, MAGIC.length, HEAD_BYTES);
    if (!BackupFiles.pack(named).equals(file)) {
      throw BackupFiles.damaged(file, "holds another pack: " + BackupFiles.pack(named));
    }
    byte[] hash = Arrays.copyOfRange(bytes, end, bytes.length);
    if (!Arrays.equals(BackupFiles.sha256(Arrays.copyOf(bytes, end)), hash)) {
      throw BackupFiles.damaged(file, "fails its hash");
    }
  }
}
