package dev.anvil.ports.storage;

/** Whether a partition serves. */
public enum PartitionState {
  /** Reads and writes are served. */
  SERVING,
  /** A write or sync failed; everything is refused until the partition was opened anew. */
  SEALED,
  /** Closed for good. */
  CLOSED
}
