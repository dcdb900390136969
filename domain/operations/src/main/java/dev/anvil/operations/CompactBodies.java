package dev.anvil.operations;

import dev.anvil.ports.bodies.BodyStats;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives the space of dead bodies back, volume by volume: while bodies are written, once half of a
 * volume is garbage, since the rest is copied; when nobody writes, already at a fifth. While the
 * node is busy it stands back, as far as garbage does not press.
 */
public final class CompactBodies implements Duty {
  /** No body for so long is a quiet time. */
  static final Duration QUIET = Duration.ofSeconds(15);

  private final BodyUpkeep upkeep;
  private final Ticker ticker;
  private final LongSupplier freeBytes;
  private final Busyness busyness;
  private long sealed = -1;
  private long since;

  /**
   * Of one node.
   *
   * @param work count of what the node did for its clients, in requests
   * @param freeBytes of the disk with the bodies
   */
  public CompactBodies(
      BodyUpkeep upkeep, Ticker ticker, LongSupplier work, LongSupplier freeBytes) {
    this.upkeep = upkeep;
    this.ticker = ticker;
    this.freeBytes = freeBytes;
    this.busyness = new Busyness(work, ticker);
  }

  @Override
  public boolean step(Lease lease) {
    lease.check();
    BodyStats stats = upkeep.stats();
    CompactionPace pace =
        CompactionPace.of(
            new CompactionPace.Sight(
                busyness.look(),
                quiet(stats),
                stats.liveBytes(),
                stats.garbageBytes(),
                freeBytes.getAsLong()));
    return upkeep.compactStep(pace.terms()) && pace.full();
  }

  private boolean quiet(BodyStats stats) {
    long now = ticker.nanos();
    if (stats.sealed() != sealed) {
      sealed = stats.sealed();
      since = now;
    }
    return now - since >= QUIET.toNanos();
  }
}
