package dev.anvil.identity;

import dev.anvil.ports.failure.Invalid;
import java.util.Map;

/**
 * What a tenant may use. {@link #NONE} is the node's usual rate, or no quota.
 *
 * @param requestsPerSecond of all its applications together
 * @param bytesInPerSecond bytes of bodies it sends
 * @param bytesOutPerSecond bytes of bodies it is sent
 * @param quotaBytes bytes of all versions, uploads, manifests and streams in all its buckets
 * @param quotaObjects keys with a current object in all its buckets
 */
public record TenantLimits(
    long requestsPerSecond,
    long bytesInPerSecond,
    long bytesOutPerSecond,
    long quotaBytes,
    long quotaObjects) {
  /** Nothing said. */
  public static final long NONE = -1;

  /** Greatest number. */
  public static final long MAX = 1L << 50;

  /** Nothing said of anything. */
  public static final TenantLimits USUAL = new TenantLimits(NONE, NONE, NONE, NONE, NONE);

  /** Refuses numbers outside -1..{@link #MAX}, and rates of nothing. */
  public TenantLimits {
    check("requestsPerSecond", requestsPerSecond, 1);
    check("bytesInPerSecond", bytesInPerSecond, 1);
    check("bytesOutPerSecond", bytesOutPerSecond, 1);
    check("quotaBytes", quotaBytes, 0);
    check("quotaObjects", quotaObjects, 0);
  }

  private static void check(String name, long value, long least) {
    if (value != NONE && (value < least || value > MAX)) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "'" + name + "' is " + value + "; give " + least + " to 2^50, or leave it out",
          Map.of("field", name, "value", value));
    }
  }

  /** Whether anything is bounded for all buckets together. */
  public boolean hasQuota() {
    return quotaBytes != NONE || quotaObjects != NONE;
  }
}
