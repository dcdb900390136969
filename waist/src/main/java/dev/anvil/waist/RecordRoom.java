package dev.anvil.waist;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all partitions of a process share for records that were read lately.
 *
 * <p>Any thread.
 */
public final class RecordRoom {
  /** Greatest value, in bytes, that is kept. */
  static final int MOST_VALUE_BYTES = 1_024;

  /** Bytes of a place in a table, besides the record: a reference of 4, half of a revision. */
  static final int PLACE_BYTES = 8;

  private static final int MOST_PLACES = 1 << 18;
  private static final int READS_BEFORE = 1 << 12;

  private final long bytes;
  private final int places;
  private final int readsBefore;
  private final AtomicLong used = new AtomicLong();

  /**
   * A room.
   *
   * @param bytes most that the kept records take together
   * @param places most records of one partition; rounded down to a power of two
   * @param readsBefore reads of the engine before a partition keeps anything, so that an idle one
   *     takes no memory
   */
  public RecordRoom(long bytes, int places, int readsBefore) {
    this.bytes = bytes;
    this.places = Integer.highestOneBit(Math.max(1, places));
    this.readsBefore = readsBefore;
  }

  /** For a server of so many partitions, whose tables take at most half as much besides. */
  public static RecordRoom of(long bytes, int partitions) {
    long each = bytes / 2 / PLACE_BYTES / partitions;
    return new RecordRoom(bytes, (int) Math.min(MOST_PLACES, each), READS_BEFORE);
  }

  /** For tools and tests: little, and at once. */
  static RecordRoom small() {
    return new RecordRoom(1L << 20, 1 << 10, 0);
  }

  int places() {
    return places;
  }

  int readsBefore() {
    return readsBefore;
  }

  /** Takes or gives back; false, and nothing is taken, if that is more than there is. */
  boolean take(long more) {
    if (used.addAndGet(more) > bytes && more > 0) {
      used.addAndGet(-more);
      return false;
    }
    return true;
  }

  /** Bytes in use. */
  public long used() {
    return used.get();
  }
}
