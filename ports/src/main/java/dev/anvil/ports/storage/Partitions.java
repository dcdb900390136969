package dev.anvil.ports.storage;

/** All partitions of this node. */
public interface Partitions {
  /** How many the deployment has; fixed when it was initialised. */
  int count();

  /**
   * The partition.
   *
   * @throws IllegalArgumentException if the number is not below {@link #count()}
   */
  Partition get(PartitionId id);

  /** Partition 0. */
  default Partition directory() {
    return get(PartitionId.DIRECTORY);
  }
}
