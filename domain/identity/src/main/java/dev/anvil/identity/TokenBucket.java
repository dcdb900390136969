package dev.anvil.identity;

/**
 * A bucket that fills at a rate up to {@link IdentityLimits#BURST} of it. What is taken beyond its
 * content is a debt, of {@link IdentityLimits#LONGEST_DEBT} at most, that has to fill up first. Any
 * number of threads.
 */
final class TokenBucket {
  private static final double SECOND = 1e9;

  private long rate;
  private double content;
  private long seen;

  TokenBucket(long now) {
    this.seen = now;
    this.rate = TenantLimits.NONE;
  }

  /** Nanoseconds until something is in it at this rate; 0 if something is. */
  synchronized long waitNanos(long perSecond, long now) {
    if (perSecond == TenantLimits.NONE) {
      return 0;
    }
    fill(perSecond, now);
    return content >= 1 ? 0 : (long) Math.ceil((1 - content) / rate * SECOND);
  }

  /** Takes that much. */
  synchronized void take(long perSecond, long amount, long now) {
    if (perSecond == TenantLimits.NONE) {
      return;
    }
    fill(perSecond, now);
    double deepest = -(double) rate * IdentityLimits.LONGEST_DEBT.toSeconds();
    content = Math.max(content - amount, deepest);
  }

  private void fill(long perSecond, long now) {
    double full = Math.max(1, (double) perSecond * IdentityLimits.BURST.toSeconds());
    if (rate == TenantLimits.NONE) {
      content = full;
    }
    // a thread may come in long after it read the clock: time that is counted is not taken back
    long passed = Math.max(0, now - seen);
    content = Math.min(full, content + passed / SECOND * perSecond);
    seen += passed;
    rate = perSecond;
  }
}
