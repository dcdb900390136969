package dev.anvil.operations.repair;

import dev.anvil.journal.BodyReferences;
import dev.anvil.journal.Finding;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds bodies that were kept and that no record names: space that nothing gives back by itself.
 * What becomes of them the caller decides: a record that would name them may be what was lost.
 */
public final class UnreferencedBodies {
  private static final int IN_MEMORY = 200_000;
  private static final int SLICE = 1_000;

  private final Partitions partitions;
  private final List<BodyReferences> references;
  private final InstantSource clock;
  private final int inMemory;

  /**
   * Over a node that serves nobody and whose every record can be read.
   *
   * @param references who names bodies, those included that wait to be freed
   */
  public UnreferencedBodies(
      Partitions partitions, List<BodyReferences> references, InstantSource clock) {
    this(partitions, references, clock, IN_MEMORY);
  }

  /** With so many names in memory at once. */
  UnreferencedBodies(
      Partitions partitions, List<BodyReferences> references, InstantSource clock, int inMemory) {
    this.partitions = partitions;
    this.references = List.copyOf(references);
    this.clock = clock;
    this.inMemory = inMemory;
  }

  /** Tells each of them, in the order of ids; one that was told may be freed at once. */
  public <B extends BodyUpkeep> void each(B bodies, Consumer<BodyId> unnamed) {
    bodies.checkpoint();
    BodyId after = null;
    while (true) {
      TreeSet<BodyId> kept = new TreeSet<>(bodies.keptAfter(after, inMemory));
      if (kept.isEmpty()) {
        return;
      }
      after = kept.last();
      for (int n = 0; n < partitions.count(); n++) {
        strike(partitions.get(new PartitionId(n)), kept);
      }
      kept.forEach(unnamed);
    }
  }

  /** What was found: a body, and what is to be done or was. */
  public Finding finding(BodyId id, long size, String action) {
    return new Finding(
        "body-referenced",
        "body " + id,
        "a record that names it",
        size + " bytes that no record names",
        action,
        clock.instant());
  }

  private void strike(Partition partition, TreeSet<BodyId> unnamed) {
    byte[] after = null;
    do {
      KeyRange rest = after == null ? KeyRange.ALL : KeyRange.ALL.after(after);
      after = partition.read(tx -> slice(tx, rest, unnamed));
    } while (after != null);
  }

  /** The last key of the slice; null at the end. */
  private byte[] slice(ReadTx tx, KeyRange rest, TreeSet<BodyId> unnamed) {
    byte[] last = null;
    try (EntryCursor c = tx.scan(rest, Order.ASCENDING)) {
      for (int i = 0; i < SLICE; i++) {
        if (!c.next()) {
          return null;
        }
        last = c.key().clone();
        byte[] value = c.value();
        for (BodyReferences r : references) {
          r.of(last, value, unnamed::remove);
        }
      }
    }
    return last;
  }
}
