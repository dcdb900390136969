package dev.anvil.authz.store;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How many relationships and rows of closures there are, over all tenants: added up from what each
 * tenant's commits keep, with a few look-ups a tenant, at most twice a minute. Any thread.
 */
public final class TupleStock {
  /** The same figures are told for so long. */
  static final Duration KEPT = Duration.ofSeconds(30);

  /** Expired tuples counted of a tenant; the sweep is that far behind only when it stands. */
  static final int MAX_EXPIRED = 10_000;

  private static final int SLICE = 500;

  /**
   * What there is.
   *
   * @param live tuples stored and not expired
   * @param dead tuples that expired and wait for the sweep
   * @param sets rows of closures
   * @param pairs of a set and one it is in, in those rows
   */
  public record Stock(long live, long dead, long sets, long pairs) {
    Stock plus(Stock o) {
      return new Stock(live + o.live, dead + o.dead, sets + o.sets, pairs + o.pairs);
    }
  }

  private static final Stock NONE = new Stock(0, 0, 0, 0);

  private record Part(Stock stock, Long last) {}

  private final Partitions partitions;
  private final InstantSource clock;
  private final Ticker ticker;
  private Stock known;
  private long taken;

  TupleStock(Partitions partitions, InstantSource clock, Ticker ticker) {
    this.partitions = partitions;
    this.clock = clock;
    this.ticker = ticker;
  }

  /** The figures, at most half a minute old; older ones while the store does not answer. */
  public synchronized Stock now() {
    long nanos = ticker.nanos();
    if (known == null || nanos - taken >= KEPT.toNanos()) {
      try {
        known = count();
      } catch (AnvilException e) {
        // readiness says what is wrong with the store; a scrape goes on with what was known
        known = known == null ? NONE : known;
      }
      taken = nanos;
    }
    return known;
  }

  private Stock count() {
    long millis = clock.millis();
    Stock all = NONE;
    for (int n = 0; n < partitions.count(); n++) {
      Partition p = partitions.get(new PartitionId(n));
      long[] from = {1};
      Part part;
      do {
        part = p.read(tx -> slice(tx, from[0], millis));
        all = all.plus(part.stock());
        from[0] = part.last() == null ? 0 : part.last() + 1;
      } while (part.last() != null);
    }
    return all;
  }

  private static Part slice(ReadTx tx, long from, long millis) {
    Stock sum = NONE;
    Long tenant = ClosureWrites.tenantFrom(tx, from);
    for (int i = 0; i < SLICE && tenant != null; i++) {
      sum = sum.plus(of(tx, tenant, millis));
      if (i == SLICE - 1) {
        return new Part(sum, tenant);
      }
      tenant = ClosureWrites.tenantFrom(tx, tenant + 1);
    }
    return new Part(sum, null);
  }

  private static Stock of(ReadTx tx, long tenant, long millis) {
    long stored = TenantState.decode(tx.get(AuthzRecords.state(tenant))).live();
    long dead = 0;
    byte[] queue = AuthzRecords.table(tenant, AuthzRecords.EXPIRIES);
    try (EntryCursor c = tx.scan(KeyRange.prefix(queue), Order.ASCENDING)) {
      while (dead < MAX_EXPIRED
          && c.next()
          && AuthzRecords.readExpiry(c.key()).millis() <= millis) {
        dead++;
      }
    }
    long sets = 0;
    long pairs = 0;
    for (AuthzRecords.Nest nest : ClosureWrites.nests(tx, tenant)) {
      ClosureState s =
          ClosureState.decode(tx.get(AuthzRecords.closure(tenant, nest.type(), nest.member())));
      sets += s.sets();
      pairs += s.pairs();
    }
    return new Stock(stored - dead, dead, sets, pairs);
  }
}
