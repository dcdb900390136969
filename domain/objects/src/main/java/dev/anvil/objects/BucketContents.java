package dev.anvil.objects;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.ReadTx;

/** Something a bucket holds beside versions, which goes when the bucket goes. */
public interface BucketContents {
  /**
   * Drops a bounded part of what the closing bucket holds: at most {@link
   * ObjectLimits#DRAIN_RECORDS} records, with their journal entries, counters and garbage.
   *
   * @return whether something may be left
   */
  boolean drain(BucketTx bucket);

  /** Whether the bucket holds something of this name now. */
  default boolean holds(ReadTx tx, long bucketId, ObjectKey name) {
    return false;
  }

  /** What of the bucket's counters it stands for, counted from its records one by one. */
  default BucketCounters counted(ReadTx tx, long bucketId) {
    return BucketCounters.ZERO;
  }
}
