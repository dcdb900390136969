package dev.anvil.objects.rules;

import dev.anvil.objects.sealing.Sealing;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * What protects a version: from removal, and its bytes from who holds the disk.
 *
 * @param lock never null
 * @param sealing how its bytes are encrypted; null if they are not
 */
public record Protection(VersionLock lock, Sealing sealing) {
  /** Nothing does. */
  public static final Protection NONE = new Protection(VersionLock.NONE, null);

  private static final int FORMAT = 1;

  /** A lock, or nothing said. */
  public static Protection of(VersionLock lock) {
    return new Protection(lock, null);
  }

  /** The same with another lock. */
  public Protection with(VersionLock other) {
    return new Protection(other, sealing);
  }

  /** The same, encrypted. */
  public Protection with(Sealing other) {
    return new Protection(lock, other);
  }

  /** What a version made of the same stored bytes keeps: not the lock. */
  public Protection ofBytes() {
    return new Protection(VersionLock.NONE, sealing);
  }

  /** As it is stored; null for nothing. */
  public byte[] toBytes() {
    if (lock.isNone() && sealing == null) {
      return null;
    }
    RecordWriter w = new RecordWriter(FORMAT);
    lock.write(w);
    return w.blob(sealing == null ? null : sealing.toBytes()).toBytes();
  }

  /** The reverse of {@link #toBytes}. */
  public static Protection of(byte[] bytes) {
    if (bytes == null) {
      return NONE;
    }
    RecordReader r = new RecordReader(bytes, "protection of a version", FORMAT);
    VersionLock lock = VersionLock.read(r);
    byte[] sealing = r.blob();
    return new Protection(lock, sealing == null ? null : Sealing.of(sealing));
  }
}
