package dev.anvil.operations.backup;

import java.time.Duration;

/** Every bound of backups, by name. */
public final class BackupLimits {
  /** A pack takes no further blob once it has this many bytes. */
  public static final int PACK_BYTES = 8 << 20;

  /** Longest piece of a body in one blob. */
  public static final int PIECE_BYTES = 1 << 20;

  /** A chunk of records ends after about so many entries: where a key's hash says so. */
  static final int CHUNK_ENTRIES = 32;

  /** A chunk of records ends at the latest once it has this many bytes. */
  static final int CHUNK_BYTES = 64 << 10;

  /** A segment of a list ends after about so many entries. */
  static final int SEGMENT_ENTRIES = 2_048;

  /** A segment of a list ends at the latest once it has this many bytes. */
  static final int SEGMENT_BYTES = 4 << 20;

  /** Records of one slice of a held state. */
  static final int SLICE_ENTRIES = 2_000;

  /** Bytes after which a slice of a held state ends. */
  static final int SLICE_BYTES = 4 << 20;

  /** Bodies copied in one step of a snapshot. */
  static final int BODIES_A_STEP = 256;

  /** Names of bodies in memory at once, 16 bytes each; more take another walk over the records. */
  static final int BODIES_IN_MEMORY = 2 << 20;

  /** Bytes read from a target at once. */
  static final int READ_BYTES = 4 << 20;

  /** Longest time sweeps stand still for one snapshot; it fails then. */
  public static final Duration MAX_HOLD = Duration.ofHours(24);

  /** Rest after a failed run before the schedule tries again. */
  public static final Duration RETRY_AFTER = Duration.ofMinutes(5);

  /** Snapshots a target may hold. */
  public static final int MAX_SNAPSHOTS = 10_000;

  /** Keys of captured write sets in one segment of the archive. */
  static final int ARCHIVE_SETS = 1_000;

  /** Journal entries read at once for the archive. */
  static final int ARCHIVE_PAGE = 500;

  /** Partitions a manifest may name. */
  static final int MAX_PARTITIONS = 256;

  /** Segments of one list. */
  static final int MAX_SEGMENTS = 1 << 20;

  /** Holes of an archive that a verification tells. */
  static final int MAX_HOLES = 100;

  private BackupLimits() {}
}
