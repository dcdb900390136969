package dev.anvil.ports.time;

/** Elapsed time: monotonic, unaffected by the wall clock. For leases, timeouts and rate limits. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary origin; never decreases; compare by difference only. */
  long nanos();
}
