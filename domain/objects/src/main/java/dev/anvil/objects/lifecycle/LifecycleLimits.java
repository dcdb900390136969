package dev.anvil.objects.lifecycle;

/** Bounds of the lifecycle's steps, by name. */
final class LifecycleLimits {
  /** Versions and markers that one step looks at. */
  static final int LOOKS = 256;

  /** Versions and markers that one commit ends. */
  static final int ENDS = 100;

  /** Reads of one commit for each of them. */
  static final int READS = 16;

  /** Buckets whose rules are read at once. */
  static final int BUCKETS = 32;

  private LifecycleLimits() {}
}
