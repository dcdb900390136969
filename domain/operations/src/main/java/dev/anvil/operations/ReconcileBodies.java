package dev.anvil.operations;

import dev.anvil.journal.ConsumerEffect;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.storage.PartitionId;
import java.util.List;

/**
 * Tells the body store which bodies a partition's journal names. The cursor lives in the body
 * store's own index, so it becomes durable together with what was kept.
 */
public final class ReconcileBodies implements ConsumerEffect {
  private static final int PAGE = 1_000;

  private final PartitionId partition;
  private final BodyStore bodies;
  private final BodyUpkeep upkeep;

  /** For one partition. */
  public ReconcileBodies(PartitionId partition, BodyStore bodies, BodyUpkeep upkeep) {
    this.partition = partition;
    this.bodies = bodies;
    this.upkeep = upkeep;
  }

  @Override
  public long cursor() {
    return upkeep.reconciledThrough(partition.number());
  }

  @Override
  public void apply(List<JournalEntry> entries, long through, long token) {
    for (JournalEntry entry : entries) {
      entry.change().bodies().forEach(bodies::keep);
    }
    upkeep.reconciled(partition.number(), through);
  }

  /**
   * The journal that would tell is gone: what earlier boots left is kept rather than guessed at.
   */
  @Override
  public void rebuild(long head, long token) {
    List<BodyId> unkept = upkeep.unkeptOfEarlierBoots(PAGE);
    while (!unkept.isEmpty()) {
      unkept.forEach(bodies::keep);
      unkept = upkeep.unkeptOfEarlierBoots(PAGE);
    }
    upkeep.reconciled(partition.number(), head);
  }
}
