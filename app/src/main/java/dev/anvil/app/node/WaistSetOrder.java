package dev.anvil.app.node;

import dev.anvil.operations.backup.SetOrder;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.ArchivedSets;

/** The order of write sets as the waist writes them. */
public final class WaistSetOrder implements SetOrder {
  @Override
  public PartitionHead headOf(byte[] set) {
    return ArchivedSets.headOf(set);
  }

  @Override
  public PartitionHead next(PartitionId partition, PartitionHead at, byte[] set) {
    return ArchivedSets.next(partition, at, set);
  }
}
