package dev.anvil.app.repair;

import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Backend;
import dev.anvil.waist.Incidents;
import dev.anvil.waist.LocalPartitions;
import dev.anvil.waist.WaistRuntime;
import java.time.InstantSource;

/** Partitions of a node that serves nobody, for who looks after them meanwhile. */
public final class StoppedPartitions {
  private StoppedPartitions() {}

  /**
   * Opens them.
   *
   * @throws dev.anvil.ports.failure.AnvilException if one cannot be opened
   */
  public static LocalPartitions open(Backend backend, int count) {
    return LocalPartitions.open(
        backend,
        count,
        new WaistRuntime(
            Thread.ofPlatform().name("anvil-repair-", 0).factory(),
            System::nanoTime,
            InstantSource.system(),
            Meters.none(),
            Incidents.none()));
  }
}
