package dev.anvil.ports.storage;

import java.time.Duration;

/** Every bound of the waist, by name. A replicated log carries the same bounds. */
public final class WaistLimits {
  /** Write set of a group, keys and values with their checks, in bytes. */
  public static final int MAX_WRITE_SET_BYTES = (2 << 20) - (64 << 10);

  /** Functions after which a group closes. */
  public static final int MAX_GROUP_FUNCTIONS = 512;

  /** Members of a group after which the next one waits for those on their way. */
  public static final int GATHER_AFTER_FUNCTIONS = 8;

  /** How long it waits for them: less than one sync takes. */
  public static final Duration GATHER = Duration.ofNanos(150_000);

  /** Bytes of a write set after which a group takes no further function. */
  public static final int GROUP_CLOSE_BYTES = 256 << 10;

  /** Longest value a transaction may put, in bytes. */
  public static final int MAX_VALUE_BYTES = 1 << 20;

  /** Longest stored value: a value with its check. */
  public static final int MAX_STORED_VALUE_BYTES = MAX_VALUE_BYTES + 16;

  /** Longest key, in bytes. */
  public static final int MAX_KEY_BYTES = 4 << 10;

  /** Functions that may wait; the next is refused with {@code Overloaded}. */
  public static final int MAX_WAITING_FUNCTIONS = 4_096;

  /** Announced bytes of waiting functions; the next is refused with {@code Overloaded}. */
  public static final long MAX_WAITING_BYTES = 64L << 20;

  /** Records a write function may read unless it names a greater bound. */
  public static final int DEFAULT_READS = 64;

  /** Records any write function may read. */
  public static final int MAX_READS = 4_096;

  /** Longest life of a read snapshot. */
  public static final Duration MAX_READ = Duration.ofSeconds(5);

  /** Entries of a journal page. */
  public static final int MAX_JOURNAL_PAGE = 1_000;

  private WaistLimits() {}
}
