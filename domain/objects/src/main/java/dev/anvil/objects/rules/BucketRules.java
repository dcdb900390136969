package dev.anvil.objects.rules;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * Rules of a bucket that every write or read must know, kept in its record.
 *
 * @param lock object lock
 * @param sealed whether bodies are encrypted unless the writer says how
 * @param lifecycle whether there are lifecycle rules, under a key of their own
 * @param notifies whether there are notification rules, under a key of their own
 */
public record BucketRules(ObjectLock lock, boolean sealed, boolean lifecycle, boolean notifies) {
  /** No rules. */
  public static final BucketRules NONE = new BucketRules(ObjectLock.OFF, false, false, false);

  private static final int FORMAT = 1;

  /** The same with another lock. */
  public BucketRules with(ObjectLock other) {
    return new BucketRules(other, sealed, lifecycle, notifies);
  }

  /** The same, encrypted or not. */
  public BucketRules withSealed(boolean other) {
    return new BucketRules(lock, other, lifecycle, notifies);
  }

  /** The same, with or without a lifecycle. */
  public BucketRules withLifecycle(boolean other) {
    return new BucketRules(lock, sealed, other, notifies);
  }

  /** The same, with or without notifications. */
  public BucketRules withNotifies(boolean other) {
    return new BucketRules(lock, sealed, lifecycle, other);
  }

  /** As it is stored; null for none. */
  public byte[] toBytes() {
    if (equals(NONE)) {
      return null;
    }
    RecordWriter w = new RecordWriter(FORMAT);
    lock.write(w);
    return w.flag(sealed).flag(lifecycle).flag(notifies).toBytes();
  }

  /** The reverse of {@link #toBytes}. */
  public static BucketRules of(byte[] bytes) {
    if (bytes == null) {
      return NONE;
    }
    RecordReader r = new RecordReader(bytes, "bucket rules", FORMAT);
    return new BucketRules(ObjectLock.read(r), r.flag(), r.flag(), r.flag());
  }
}
