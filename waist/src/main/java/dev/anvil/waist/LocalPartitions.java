package dev.anvil.waist;

import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All partitions of a deployment on one node: an engine each, in a folder each. */
public final class LocalPartitions implements Partitions, AutoCloseable {
  private final List<Partition> all = new ArrayList<>();

  private LocalPartitions() {}

  /**
   * Opens or creates partitions 0..count-1, several at a time; closes those opened if one cannot
   * be.
   *
   * @throws dev.anvil.ports.failure.AnvilException as {@link GroupCommitPartition#open}, for the
   *     first partition that could not be opened
   */
  public static LocalPartitions open(Backend backend, int count, WaistRuntime runtime) {
    List<Opening> openings =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(n -> open(backend, new PartitionId(n), runtime))
            .toList();
    LocalPartitions partitions = new LocalPartitions();
    RuntimeException first = null;
    for (Opening opening : openings) {
      switch (opening) {
        case Opened(Partition partition) -> partitions.all.add(partition);
        case Refused(RuntimeException why) -> first = first == null ? why : first;
      }
    }
    if (first != null) {
      try {
        partitions.close();
      } catch (RuntimeException e) {
        first.addSuppressed(e);
      }
      throw first;
    }
    return partitions;
  }

  private static Opening open(Backend backend, PartitionId id, WaistRuntime runtime) {
    try {
      return new Opened(
          GroupCommitPartition.open(id, () -> backend.openEngine(folder(id)), runtime));
    } catch (RuntimeException e) {
      return new Refused(e);
    }
  }

  private sealed interface Opening {}

  private record Opened(Partition partition) implements Opening {}

  private record Refused(RuntimeException why) implements Opening {}

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
