package dev.anvil.operations;

import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Gives the space of dead bodies back, volume by volume: while bodies are written, once half of a
 * volume is garbage, since the rest is copied; when nobody writes, already at a fifth.
 */
public final class CompactBodies implements Duty {
  /** Garbage at which a volume is compacted while others write. */
  static final double DEAD_SHARE = 0.5;

  /** The same in quiet times: what is left takes a quarter more than is held. */
  static final double QUIET_DEAD_SHARE = 0.2;

  /** No body for so long is a quiet time. */
  static final Duration QUIET = Duration.ofSeconds(15);

  private static final long STEP_BYTES = 8L << 20;

  private final BodyUpkeep upkeep;
  private final InstantSource clock;
  private long sealed = -1;
  private Instant since;

  /** Of one node. */
  public CompactBodies(BodyUpkeep upkeep, InstantSource clock) {
    this.upkeep = upkeep;
    this.clock = clock;
  }

  @Override
  public boolean step(Lease lease) {
    lease.check();
    return upkeep.compactStep(quiet() ? QUIET_DEAD_SHARE : DEAD_SHARE, STEP_BYTES);
  }

  private boolean quiet() {
    Instant now = clock.instant();
    long bodies = upkeep.stats().sealed();
    if (bodies != sealed || now.isBefore(since)) {
      sealed = bodies;
      since = now;
    }
    return !now.isBefore(since.plus(QUIET));
  }
}
