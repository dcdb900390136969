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

  private CopyLimits() {}
}
