package dev.anvil.ports.testkit;

import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.GroupCommitPartition;
import dev.anvil.waist.Incidents;
import dev.anvil.waist.LocalPartitions;
import dev.anvil.waist.WaistRuntime;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Partitions for tests of what stands on the waist. */
public final class TestPartitions {
  private TestPartitions() {}

  /** A runtime of real threads and times that tells nobody. */
  public static WaistRuntime runtime() {
    return runtime(InstantSource.system());
  }

  /** As {@link #runtime()}, with the given wall clock. */
  public static WaistRuntime runtime(InstantSource clock) {
    return new WaistRuntime(
        Thread.ofPlatform().daemon().name("partition-writer-", 0).factory(),
        System::nanoTime,
        clock,
        Meters.none(),
        Incidents.none());
  }

  /** Partition 0 on a new memory store. */
  public static GroupCommitPartition inMemory() {
    MemoryStore store = new MemoryStore("partition 0");
    return open(() -> MemoryEngine.open(store));
  }

  /** Partition 0 on the given engine. */
  public static GroupCommitPartition open(Supplier<Engine> engines) {
    return GroupCommitPartition.open(PartitionId.DIRECTORY, engines, runtime());
  }

  /** Partitions 0..count-1 on new memory stores, with the given wall clock. */
  public static LocalPartitions inMemory(int count, InstantSource clock) {
    return LocalPartitions.open(new MemoryBackend(null), count, runtime(clock));
  }
}
