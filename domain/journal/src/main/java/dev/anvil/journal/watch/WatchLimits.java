package dev.anvil.journal.watch;

import java.time.Duration;

/** Every bound of watches. */
public final class WatchLimits {
  /** Watches open at once on a node; more are {@code Unavailable} Overloaded. */
  public static final int MAX_WATCHES = 3_072;

  /** Kinds a watch may name. */
  public static final int MAX_KINDS = 16;

  /** Characters of a kind. */
  public static final int MAX_KIND_CHARS = 64;

  /** Events handed over at once, unless one commit alone holds more. */
  public static final int MAX_EVENTS = 1_000;

  /** Events handed over at once to a stream: what a caller sees of it is decided then. */
  public static final int STREAM_EVENTS = 100;

  /** Journal entries read in one step. */
  static final int PAGE = 500;

  /** Recent entries of a partition kept in memory for all its watches. */
  static final int TAIL_ENTRIES = 4_096;

  /** About how many bytes of them. */
  static final int TAIL_BYTES = 4 << 20;

  /** Characters of a cursor's text. */
  static final int MAX_CURSOR_CHARS = 4_096;

  /** Incarnations whose cursors are still known. */
  static final int MAX_INCARNATIONS = 256;

  /** Longest time between two events or heartbeats that a caller may ask for. */
  public static final Duration MAX_HEARTBEAT = Duration.ofSeconds(25);

  /** Time between two heartbeats where the caller does not say. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** Longest wait of a long poll. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(25);

  /** How long a follower waits for the journal before it looks whether anybody still waits. */
  static final Duration FOLLOW = Duration.ofSeconds(5);

  private WatchLimits() {}
}
