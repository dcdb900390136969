package dev.anvil.app.node;

import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.duties.LeaseView;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Gauges read when they are scraped: they cost the work they tell of nothing. */
final class NodeMeters {
  private final Meters meters;

  NodeMeters(Meters meters) {
    this.meters = meters;
  }

  void partitions(Partitions partitions) {
    for (int n = 0; n < partitions.count(); n++) {
      Partition p = partitions.get(new PartitionId(n));
      partition(p, "anvil_journal_head", "Newest journal cursor", q -> q.head().cursor());
      partition(
          p,
          "anvil_journal_retained_entries",
          "Journal entries retained",
          q -> q.head().cursor() - q.head().oldest() + 1);
      partition(
          p,
          "anvil_engine_puts_total",
          "Keys put into the engine since it was opened",
          q -> q.stats().engine().puts());
      partition(
          p,
          "anvil_engine_gets_total",
          "Keys read from the engine since it was opened",
          q -> q.stats().engine().gets());
      partition(
          p,
          "anvil_engine_scanned_total",
          "Entries passed by scans since the engine was opened",
          q -> q.stats().engine().scanned());
      partition(
          p,
          "anvil_engine_syncs_total",
          "Syncs of the engine since it was opened",
          q -> q.stats().engine().syncs());
      partition(
          p,
          "anvil_engine_disk_bytes",
          "Bytes of the engine on disk",
          q -> q.stats().engine().diskBytes());
      partition(
          p,
          "anvil_partition_functions_total",
          "Write functions run to an outcome",
          q -> q.stats().functions());
      partition(
          p, "anvil_partition_groups_total", "Write sets made durable", q -> q.stats().groups());
      partition(
          p, "anvil_partition_waiting", "Write functions waiting now", q -> q.stats().waiting());
    }
  }

  private void partition(Partition p, String name, String help, ToLongFunction<Partition> value) {
    String number = Integer.toString(p.id().number());
    meters.gauge(name, help, () -> value.applyAsLong(p), "partition", number);
  }

  void bodies(BodyUpkeep bodies) {
    meters.gauge("anvil_bodies", "Bodies in volumes", () -> bodies.stats().bodies());
    meters.gauge(
        "anvil_volume_live_bytes", "Bytes of live bodies", () -> bodies.stats().liveBytes());
    meters.gauge(
        "anvil_volume_garbage_bytes",
        "Bytes of volumes that no body uses",
        () -> bodies.stats().garbageBytes());
    meters.gauge(
        "anvil_volume_syncs_total", "Syncs of volumes since opening", () -> bodies.stats().syncs());
  }

  void health(NodeHealth health) {
    meters.gauge("anvil_ready", "1 while the node is ready", () -> one(health.traffic()));
    for (String probe : health.names()) {
      DoubleSupplier ok =
          () ->
              one(
                  health.readiness().probes().stream()
                      .anyMatch(p -> p.name().equals(probe) && p.ok()));
      meters.gauge("anvil_probe_ok", "1 while the readiness probe holds", ok, "probe", probe);
    }
  }

  void duties(Supplier<List<LeaseView>> leases, Iterable<String> kinds) {
    meters.gauge("anvil_leases", "Leases in the table", () -> leases.get().size());
    for (String kind : kinds) {
      meters.gauge(
          "anvil_duty_steps_total",
          "Steps of background duties begun",
          () -> of(leases, kind).stream().mapToLong(LeaseView::steps).sum(),
          "duty",
          kind);
      meters.gauge(
          "anvil_duty_silence_seconds",
          "Time since the most silent duty of the kind took a step",
          () ->
              of(leases, kind).stream()
                      .mapToDouble(v -> v.sinceRenewed().toMillis())
                      .max()
                      .orElse(0)
                  / 1e3,
          "duty",
          kind);
    }
  }

  private static List<LeaseView> of(Supplier<List<LeaseView>> leases, String kind) {
    return leases.get().stream().filter(v -> NodeInspection.kind(v).equals(kind)).toList();
  }

  void capacity(CapacityMeter capacity) {
    for (CapacityMeter.Family family : CapacityMeter.Family.values()) {
      meters.gauge(
          "anvil_store_bytes",
          "Bytes on disk by family",
          () -> capacity.bytes(family),
          "family",
          family.name().toLowerCase(Locale.ROOT));
    }
    meters.gauge("anvil_disk_free_bytes", "Room on the storage path", capacity::freeBytes);
    meters.gauge("anvil_build_info", "1, with the version", () -> 1, "version", NodeVersion.TEXT);
  }

  private static double one(boolean holds) {
    return holds ? 1 : 0;
  }
}
