package dev.anvil.operations.backup;

import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.NotFound;
import java.util.Arrays;

/**
 * Reads blobs; neighbours in a pack come with one read of the target. Holds one such run in memory;
 * one thread.
 */
final class BlobReader {
  private final BackupTarget target;
  private final Blobs blobs;
  private byte[] pack;
  private int from;
  private byte[] run = new byte[0];

  BlobReader(BackupTarget target, Blobs blobs) {
    this.target = target;
    this.blobs = blobs;
  }

  /** The bytes of a blob, proved by its hash. */
  byte[] read(BlobRef ref, int maxBytes) {
    if (!inRun(ref)) {
      load(ref);
    }
    int at = ref.offset() - from;
    int end = Math.min(run.length, at + ref.length());
    return blobs.decode(Arrays.copyOfRange(run, Math.min(at, end), end), ref, maxBytes);
  }

  private boolean inRun(BlobRef ref) {
    return pack != null
        && Arrays.equals(pack, ref.pack())
        && ref.offset() >= from
        && ref.offset() + ref.length() <= from + run.length;
  }

  private void load(BlobRef ref) {
    try {
      int wanted = Math.max(ref.length(), BackupLimits.READ_BYTES);
      run = target.read(ref.file(), ref.offset(), wanted);
      pack = ref.pack();
      from = ref.offset();
    } catch (NotFound e) {
      throw BackupFiles.damaged(ref.file(), "is missing");
    }
  }
}
