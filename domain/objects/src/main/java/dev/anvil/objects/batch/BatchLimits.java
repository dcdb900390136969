package dev.anvil.objects.batch;

/** Bounds of batches, by name. */
public final class BatchLimits {
  /** Items of a batch. */
  public static final int MAX_ITEMS = 1_000;

  /** Bytes of the content of one small put. */
  public static final int MAX_CONTENT_BYTES = 32 << 10;

  /** Items of one batch that run at a time, and so may share a commit. */
  public static final int MAX_RUNNING = 64;

  private BatchLimits() {}
}
