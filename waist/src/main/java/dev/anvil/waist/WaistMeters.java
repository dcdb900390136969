package dev.anvil.waist;

import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.PartitionId;

/** The figures of the commit path. */
final class WaistMeters {
  private static final double[] GROUP_SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
  private static final double[] SECONDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5
  };

  private final Meters.Histogram groupSize;
  private final Meters.Histogram fsync;
  private final Meters.Counter puts;
  private final Meters.Counter functions;
  private final Meters.Counter sealed;
  private final String[] labels;

  WaistMeters(Meters meters, PartitionId id) {
    groupSize =
        meters.histogram(
            "anvil_commit_group_size", "Functions of one write set.", GROUP_SIZES, "partition");
    fsync =
        meters.histogram(
            "anvil_fsync_seconds",
            "Seconds from the end of a commit to the return of its sync.",
            SECONDS,
            "partition");
    puts =
        meters.counter(
            "anvil_engine_mutations_total", "Puts and deletes given to the engine.", "partition");
    functions =
        meters.counter("anvil_write_functions_total", "Write functions made durable.", "partition");
    sealed =
        meters.counter(
            "anvil_partition_sealed_total", "Groups that failed and sealed it.", "partition");
    labels = new String[] {id.toString()};
  }

  void group(int size, int mutations, long syncNanos) {
    groupSize.observe(size, labels);
    fsync.observe(syncNanos / 1e9, labels);
    puts.add(mutations, labels);
    functions.add(size, labels);
  }

  void sealed() {
    sealed.add(1, labels);
  }
}
