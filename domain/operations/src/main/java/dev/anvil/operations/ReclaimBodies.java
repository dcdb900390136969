package dev.anvil.operations;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.util.List;

/**
 * Frees bodies that an earlier boot wrote and never committed, once every partition's journal was
 * read up to where it stood when this boot began.
 */
public final class ReclaimBodies implements Duty {
  private static final int PAGE = 256;

  private final BodyStore bodies;
  private final BodyUpkeep upkeep;
  private final long[] headsAtBoot;

  /** To be made before the first write of this boot. */
  public ReclaimBodies(Partitions partitions, BodyStore bodies, BodyUpkeep upkeep) {
    this.bodies = bodies;
    this.upkeep = upkeep;
    this.headsAtBoot = new long[partitions.count()];
    for (int n = 0; n < headsAtBoot.length; n++) {
      Partition partition = partitions.get(new PartitionId(n));
      headsAtBoot[n] = partition.head().cursor();
    }
  }

  @Override
  public boolean step(Lease lease) {
    lease.check();
    for (int n = 0; n < headsAtBoot.length; n++) {
      if (upkeep.reconciledThrough(n) < headsAtBoot[n]) {
        return false;
      }
    }
    List<BodyId> unkept = upkeep.unkeptOfEarlierBoots(PAGE);
    unkept.forEach(bodies::free);
    if (!unkept.isEmpty()) {
      upkeep.checkpoint();
    }
    return !unkept.isEmpty();
  }
}
