package dev.anvil.operations;

import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;

/** Gives the space of dead bodies back, volume by volume, once half of a volume is garbage. */
public final class CompactBodies implements Duty {
  private static final double DEAD_SHARE = 0.5;
  private static final long STEP_BYTES = 8L << 20;

  private final BodyUpkeep upkeep;

  /** Of one node. */
  public CompactBodies(BodyUpkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public boolean step(Lease lease) {
    lease.check();
    return upkeep.compactStep(DEAD_SHARE, STEP_BYTES);
  }
}
