package dev.anvil.waist;

import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.util.ArrayList;
import java.util.List;

/** All partitions of a deployment on one node: an engine each, in a folder each. */
public final class LocalPartitions implements Partitions, AutoCloseable {
  private final List<Partition> all = new ArrayList<>();

  private LocalPartitions() {}

  /**
   * Opens or creates partitions 0..count-1; closes those opened if one cannot be.
   *
   * @throws dev.anvil.ports.failure.AnvilException as {@link GroupCommitPartition#open}
   */
  public static LocalPartitions open(Backend backend, int count, WaistRuntime runtime) {
    LocalPartitions partitions = new LocalPartitions();
    boolean complete = false;
    try {
      for (int n = 0; n < count; n++) {
        PartitionId id = new PartitionId(n);
        partitions.all.add(
            GroupCommitPartition.open(id, () -> backend.openEngine(folder(id)), runtime));
      }
      complete = true;
      return partitions;
    } finally {
      if (!complete) {
        partitions.close();
      }
    }
  }

  /** Folder of a partition's engine below the storage path. */
  public static String folder(PartitionId id) {
    return "partitions/%03d".formatted(id.number());
  }

  @Override
  public int count() {
    return all.size();
  }

  @Override
  public Partition get(PartitionId id) {
    if (id.number() >= all.size()) {
      throw new IllegalArgumentException(
          "partition " + id + " is outside the deployment's 0.." + (all.size() - 1));
    }
    return all.get(id.number());
  }

  /** Closes all, the last first; goes on past a failure and throws the first one at the end. */
  @Override
  public void close() {
    RuntimeException first = null;
    for (Partition p : all.reversed()) {
      try {
        p.close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
