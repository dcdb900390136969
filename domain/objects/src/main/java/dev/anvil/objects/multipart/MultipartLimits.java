package dev.anvil.objects.multipart;

import java.time.Duration;

/** Bounds of multipart uploads, by name. */
public final class MultipartLimits {
  /** Parts of an upload, and of any version put together from parts. */
  public static final int MAX_PARTS = 10_000;

  /** Smallest part that is not the last, in bytes. */
  public static final long MIN_PART_BYTES = 5L << 20;

  /** Largest part, in bytes. */
  public static final long MAX_PART_BYTES = 5L << 30;

  /** Largest object, in bytes. */
  public static final long MAX_OBJECT_BYTES = 5L << 40;

  /** Names of one page of a list, of uploads or parts. */
  public static final int MAX_PAGE = 1_000;

  /** How long an upload stays open, or answers a repeated completion. */
  public static final Duration RETENTION = Duration.ofDays(7);

  /** Parts read in one snapshot while a completion is checked. */
  static final int CHECK_SLICE = 1_000;

  /** How often a completion starts over because parts changed under it. */
  static final int CHECK_ROUNDS = 8;

  /** Part records a leased step drops at once. */
  static final int DROP_PER_STEP = 256;

  /** Uploads a leased step looks at. */
  static final int EXPIRE_PER_STEP = 64;

  private MultipartLimits() {}
}
