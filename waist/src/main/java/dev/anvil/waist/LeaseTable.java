package dev.anvil.waist;

import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who holds which duty, on the monotonic clock. Thread safe. */
final class LeaseTable {
  private final long generation;
  private final Ticker ticker;
  private final long ttlNanos;
  private final Map<DutyName, Held> holders = new HashMap<>();
  private long epoch;

  LeaseTable(long generation, Duration ttl, Ticker ticker) {
    if (generation < 1 || generation > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("generation " + generation + " is outside 1..2^31-1");
    }
    this.generation = generation;
    this.ttlNanos = ttl.toNanos();
    this.ticker = ticker;
  }

  /** Life of a lease since its last renewal. */
  long ttlNanos() {
    return ttlNanos;
  }

  /** Takes the lease if nobody's stands; null otherwise. */
  synchronized Held take(DutyName duty) {
    Held now = holders.get(duty);
    if (now != null && now.stands()) {
      return null;
    }
    Held taken = new Held(duty, generation << 32 | ++epoch);
    holders.put(duty, taken);
    return taken;
  }

  /** Gives the lease back, if it is still the duty's. */
  synchronized void release(Held lease) {
    holders.remove(lease.duty, lease);
  }

  synchronized List<LeaseView> view() {
    return holders.values().stream()
        .map(Held::view)
        .sorted(Comparator.comparing(v -> v.duty().value()))
        .toList();
  }

  /** A holder's lease. */
  final class Held implements Lease {
    private final DutyName duty;
    private final long token;
    private long renewed;
    private long steps;

    private Held(DutyName duty, long token) {
      this.duty = duty;
      this.token = token;
      this.renewed = ticker.nanos();
    }

    @Override
    public long token() {
      return token;
    }

    @Override
    public boolean held() {
      synchronized (LeaseTable.this) {
        return holders.get(duty) == this && stands();
      }
    }

    /** Begins a step: renews the lease while it stands; false when it is gone. */
    boolean renew() {
      synchronized (LeaseTable.this) {
        if (!held()) {
          return false;
        }
        renewed = ticker.nanos();
        steps++;
        return true;
      }
    }

    @Override
    public void check() {
      if (!held()) {
        throw new StaleFence("the lease of duty " + duty + " with token " + token + " is over");
      }
    }

    private boolean stands() {
      return ticker.nanos() - renewed < ttlNanos;
    }

    private LeaseView view() {
      return new LeaseView(
          duty, token, steps, Duration.ofNanos(ticker.nanos() - renewed), stands());
    }
  }
}
