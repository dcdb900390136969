package dev.anvil.authz.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often closures served on this node since its start, and why they did not. Any thread. */
public final class ClosureCounts {
  /** Why a set was walked although it has a closure. */
  public enum Fallback {
    /** Nesting changed after what the closure covers, or the question is older. */
    BEHIND,
    /** It is being built. */
    BUILDING,
    /** Sets are nested by other than bare tuples. */
    MIXED,
    /** The subject is in too many sets. */
    WIDE,
    /** A row cannot be read. */
    DAMAGED
  }

  private record Place(long tenant, AuthzRecords.Nest nest) {}

  private final LongAdder served = new LongAdder();
  private final LongAdder[] fallbacks = new LongAdder[Fallback.values().length];
  private final Map<Place, LongAdder> behind = new ConcurrentHashMap<>();

  ClosureCounts() {
    for (int i = 0; i < fallbacks.length; i++) {
      fallbacks[i] = new LongAdder();
    }
  }

  /** Memberships that a closure decided. */
  public long served() {
    return served.sum();
  }

  /** Times that it did not. */
  public long fallbacks(Fallback why) {
    return fallbacks[why.ordinal()].sum();
  }

  void serve() {
    served.increment();
  }

  void fall(Fallback why) {
    fallbacks[why.ordinal()].increment();
  }

  void behind(long tenant, AuthzRecords.Nest nest, Fallback why) {
    fall(why);
    behind.computeIfAbsent(new Place(tenant, nest), p -> new LongAdder()).increment();
  }

  long behind(long tenant, AuthzRecords.Nest nest) {
    LongAdder found = behind.get(new Place(tenant, nest));
    return found == null ? 0 : found.sum();
  }
}
