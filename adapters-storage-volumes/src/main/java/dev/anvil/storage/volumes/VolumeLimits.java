package dev.anvil.storage.volumes;

import java.time.Duration;

/**
 * Every bound of the volumes.
 *
 * @param volumeBytes size at which a volume is closed and a new one begun
 * @param lanes volumes written at once
 * @param openBodies bodies being written at once; the next is refused with {@code Overloaded}
 * @param openFiles idle volume files kept open
 * @param reservedBytes free space of the disk that bodies leave alone; compaction leaves a quarter
 *     of it
 * @param checkpointChanges changes of the index after which it is brought to the disk
 * @param checkpointFrames frames written after which it is, so that a start reads at most twice as
 *     many
 * @param maxPendingChanges changes not yet on the disk at which new bodies wait
 * @param checkpointEvery longest time between checkpoints while there are changes; zero turns
 *     checkpoints by time and by count off, for tests
 */
public record VolumeLimits(
    long volumeBytes,
    int lanes,
    int openBodies,
    int openFiles,
    long reservedBytes,
    int checkpointChanges,
    int checkpointFrames,
    int maxPendingChanges,
    Duration checkpointEvery) {
  /** Greatest body in bytes; domains have smaller ones. */
  public static final long MAX_BODY_BYTES = 5L << 30;

  /** Size from which a body is large: it is read in long runs, from the disk as well. */
  static final int LARGE_BODY = 1 << 20;

  /** Bytes of large bodies that stay in the system's memory after they were written. */
  static final long LARGE_IN_MEMORY = 64L << 20;

  /** Bytes written between two looks at the free space. */
  static final long FREE_SPACE_CHECK_BYTES = 4L << 20;

  /**
   * Zeros written at once behind the end of a volume whose small frames then lie over them; an idle
   * store holds at most so many in each lane.
   */
  static final int ZEROS_AHEAD_BYTES = 512 << 10;

  /** Largest write that lies over zeros: a sync of more costs the same with and without. */
  static final int OVER_ZEROS_BYTES = 64 << 10;

  /** Bytes of one commit to the index. */
  static final int INDEX_COMMIT_BYTES = 512 << 10;

  /** Places of bodies that are kept in memory at most, of 72 bytes each. */
  static final int KNOWN_PLACES = 1 << 18;

  /** Corrupt places a scrub step reports at most. */
  static final int SCRUB_FINDINGS = 100;

  /** Frames written between two steps of scrubbing from which the store is busy. */
  static final int SCRUB_BUSY_FRAMES = 512;

  /** Part of its bytes that a step of scrubbing reads while the store is busy. */
  static final int SCRUB_BUSY_PART = 4;

  /** Time over which it is seen how fast the bodies of a volume die: two checkpoints. */
  static final long FADING_LOOK_NANOS = 10_000_000_000L;

  /** A volume that would be dead after so many looks is left to die. */
  static final int FADING_LOOKS = 6;

  /** Places that a step of compaction asks for at least, and at most. */
  static final int COMPACTION_PLACES = 256;

  static final int COMPACTION_PLACES_MOST = 2_048;

  /** Bytes to copy for which a step of compaction asks for one more place. */
  static final int COMPACTION_PLACE_BYTES = 4 << 10;

  /** What a server uses. */
  public static final VolumeLimits DEFAULT =
      new VolumeLimits(
          512L << 20, 1, 1024, 256, 64L << 20, 8192, 16384, 65536, Duration.ofSeconds(5));

  /** Refuses what cannot work. */
  public VolumeLimits {
    if (volumeBytes < VolumeFormat.FULL_FRAME + VolumeFormat.VOLUME_HEADER
        || volumeBytes > 16L << 30
        || lanes < 1
        || lanes > 16) {
      throw new IllegalArgumentException(
          "volumes of " + volumeBytes + " bytes in " + lanes + " lanes: use 1 MiB..16 GiB, 1..16");
    }
  }
}
