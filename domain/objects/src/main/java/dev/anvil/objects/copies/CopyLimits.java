package dev.anvil.objects.copies;

import dev.anvil.objects.ObjectLimits;

/** Bounds of copies, compositions and patches, by name. */
public final class CopyLimits {
  /** Sources of one composition. */
  public static final int MAX_SOURCES = 256;

  /** Stored slices that the sources of one composition have together. */
  public static final int MAX_SLICES = 2_048;

  /** Bytes that a copy or composition may have to read, for their digest or their place. */
  public static final long MAX_READ_BYTES = ObjectLimits.MAX_BODY_BYTES;

  /** Body to patch, patch and result, in bytes each. */
  public static final int MAX_JSON_BYTES = 16 << 20;

  /**
   * Bodies to patch and patches that are worked on at once, in bytes together: each takes several
   * times its size of memory meanwhile.
   */
  public static final int PATCHED_AT_ONCE = 2 * MAX_JSON_BYTES;

  /** Longest wait of a patch for others, in seconds. */
  public static final int PATCH_WAIT_SECONDS = 5;

  private CopyLimits() {}
}
