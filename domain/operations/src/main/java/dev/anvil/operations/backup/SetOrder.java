package dev.anvil.operations.backup;

import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;

/** How captured write sets follow each other; pure. Whoever writes them knows. */
public interface SetOrder {
  /**
   * The state that a set says it leaves.
   *
   * @throws dev.anvil.ports.failure.Corrupt if it is no write set
   */
  PartitionHead headOf(byte[] set);

  /**
   * The state after the set.
   *
   * @throws dev.anvil.ports.failure.Corrupt if it is no write set, or is not the next one of this
   *     partition by its revision and its chain hash
   */
  PartitionHead next(PartitionId partition, PartitionHead at, byte[] set);
}
