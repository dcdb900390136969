package dev.anvil.objects.streams;

import java.time.Duration;

/** Bounds of append streams, by name. */
public final class StreamLimits {
  /** Records of one append. */
  public static final int MAX_RECORDS = 1_000;

  /** Bytes of all records of one append. */
  public static final int MAX_APPEND_BYTES = 1 << 20;

  /** Records of one page read. */
  public static final int MAX_PAGE_RECORDS = 1_000;

  /** Bytes of records of one page; a page holds at least one record, whatever its size. */
  public static final int MAX_PAGE_BYTES = 1 << 20;

  /** Longest wait of a reader at the tail. */
  public static final Duration MAX_WAIT = Duration.ofSeconds(30);

  /** Names of one page of a list. */
  public static final int MAX_PAGE_STREAMS = 1_000;

  /** Record bytes after which a block takes no further record. */
  static final int BLOCK_BYTES = 64 << 10;

  /** Longest piece of a block: one stored value. */
  static final int PIECE_BYTES = 256 << 10;

  private StreamLimits() {}
}
