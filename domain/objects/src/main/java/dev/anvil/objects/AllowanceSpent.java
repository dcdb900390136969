package dev.anvil.objects;

/** A change needs more of the tenant's quota than the bucket has drawn; it left no trace. */
final class AllowanceSpent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient BucketCounters after;

  /** What the bucket would hold. */
  AllowanceSpent(BucketCounters after) {
    super("the bucket has to draw more of its tenant's quota", null, false, false);
    this.after = after;
  }

  BucketCounters after() {
    return after;
  }
}
