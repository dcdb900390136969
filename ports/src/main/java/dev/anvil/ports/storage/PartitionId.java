package dev.anvil.ports.storage;

/** Number of a partition, from 0 (the directory) to the deployment's fixed count. */
public record PartitionId(int number) {
  /** The most partitions a deployment may have. */
  public static final int MAX_PARTITIONS = 256;

  /** The directory partition. */
  public static final PartitionId DIRECTORY = new PartitionId(0);

  /** Refuses numbers outside 0..255. */
  public PartitionId {
    if (number < 0 || number >= MAX_PARTITIONS) {
      throw new IllegalArgumentException("partition " + number + " is outside 0..255");
    }
  }

  // written out, as in BodyId: a record's own are made by the first who asks, which a start feels

  @Override
  public boolean equals(Object other) {
    return other instanceof PartitionId id && id.number == number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
