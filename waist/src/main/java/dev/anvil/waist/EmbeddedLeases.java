package dev.anvil.waist;

import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.HeldLease;
import dev.anvil.ports.duties.LeaseView;
import dev.anvil.ports.duties.Leases;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The leases of a single node: a table in memory, on the monotonic clock. Tokens grow over restarts
 * because they start with the node's boot count. Thread safe.
 */
public final class EmbeddedLeases implements Leases {
  /** Life of a lease since its last renewal, where no setting says otherwise. */
  public static final Duration TASK_LEASE_TTL = Duration.ofSeconds(30);

  private final long generation;
  private final Ticker ticker;
  private final long ttlNanos;
  private final Map<DutyName, Held> holders = new HashMap<>();
  private long epoch;

  /**
   * A table without leases.
   *
   * @param generation boot count of the node, at least 1, below 2^31
   * @param ttl life of a lease since its last renewal
   */
  public EmbeddedLeases(long generation, Duration ttl, Ticker ticker) {
    if (generation < 1 || generation > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("generation " + generation + " is outside 1..2^31-1");
    }
    this.generation = generation;
    this.ttlNanos = ttl.toNanos();
    this.ticker = ticker;
  }

  @Override
  public Duration ttl() {
    return Duration.ofNanos(ttlNanos);
  }

  @Override
  public synchronized Optional<HeldLease> take(DutyName duty) {
    Held now = holders.get(duty);
    if (now != null && now.stands()) {
      return Optional.empty();
    }
    Held taken = new Held(duty, generation << 32 | ++epoch);
    holders.put(duty, taken);
    return Optional.of(taken);
  }

  @Override
  public synchronized List<LeaseView> view() {
    return holders.values().stream()
        .map(Held::view)
        .sorted(Comparator.comparing(v -> v.duty().value()))
        .toList();
  }

  private final class Held implements HeldLease {
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
      synchronized (EmbeddedLeases.this) {
        return holders.get(duty) == this && stands();
      }
    }

    @Override
    public Renewal renew() {
      synchronized (EmbeddedLeases.this) {
        if (!held()) {
          return Renewal.LOST;
        }
        renewed = ticker.nanos();
        steps++;
        return Renewal.HELD;
      }
    }

    @Override
    public void release() {
      synchronized (EmbeddedLeases.this) {
        holders.remove(duty, this);
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
