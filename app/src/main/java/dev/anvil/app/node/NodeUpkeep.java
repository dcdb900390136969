package dev.anvil.app.node;

import dev.anvil.app.settings.Settings;
import dev.anvil.authz.store.ClosureUpkeep;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.Sweep;
import dev.anvil.operations.MaintainClosures;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.time.Duration;

/** Duties and probes of a running node. */
final class NodeUpkeep implements AutoCloseable {
  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(60);

  private static final Duration CLOSURE_PERIOD = Duration.ofSeconds(1);
  private static final int CLOSURE_PAGE = 500;

  private final NodeCluster.Seekers duties;
  private final ProbeRounds probes;

  private NodeUpkeep(NodeCluster.Seekers duties, ProbeRounds probes) {
    this.duties = duties;
    this.probes = probes;
  }

  static NodeUpkeep start(
      Settings settings,
      NodeCluster cluster,
      NodeStores stores,
      NodeParts parts,
      NodeHealth health,
      NodeTime time,
      Meters meters) {
    NodeCluster.Seekers seekers = cluster.seekers();
    Duties duties = seekers.duties();
    DutyTable table =
        new DutyTable(
            duties, parts.objects(), stores.bodies(), stores.findings(), settings, meters);
    table.seekAll(stores.reclaim());
    relations(duties, stores.partitions(), parts, meters);
    parts.care().seek(duties);
    duties.seek(
        new DutyName("probe"),
        time.probePeriod(),
        lease -> {
          health.leaseSeen(lease.token());
          stores.fileFindings(time);
          return false;
        });
    gauges(stores.partitions(), stores.bodies(), meters);
    return new NodeUpkeep(seekers, ProbeRounds.start(health, time.probePeriod()));
  }

  private static void relations(
      Duties duties, Partitions partitions, NodeParts parts, Meters meters) {
    for (int n = 0; n < partitions.count(); n++) {
      DutyName name = new DutyName("authz-sweep/" + n);
      Partition partition = partitions.get(new PartitionId(n));
      Relationships relationships = parts.relations().services().relationships();
      duties.seek(name, SWEEP_PERIOD, new Sweep(name.value(), partition, relationships));
      DutyName closures = new DutyName(MaintainClosures.DUTY + "/" + n);
      ClosureUpkeep upkeep = new ClosureUpkeep(closures.value(), partition, relationships);
      duties.seek(
          closures, CLOSURE_PERIOD, new MaintainClosures(upkeep, partition, CLOSURE_PAGE, meters));
    }
  }

  private static void gauges(Partitions partitions, BodyUpkeep bodies, Meters meters) {
    for (int n = 0; n < partitions.count(); n++) {
      Partition p = partitions.get(new PartitionId(n));
      String number = Integer.toString(n);
      gauge(meters, "anvil_journal_head", "Newest journal cursor", number, () -> p.head().cursor());
      gauge(
          meters,
          "anvil_journal_retained_entries",
          "Journal entries retained",
          number,
          () -> p.head().cursor() - p.head().oldest() + 1);
      gauge(
          meters,
          "anvil_engine_puts_total",
          "Keys put into the engine since it was opened",
          number,
          () -> p.stats().engine().puts());
      gauge(
          meters,
          "anvil_engine_syncs_total",
          "Syncs of the engine since it was opened",
          number,
          () -> p.stats().engine().syncs());
      gauge(
          meters,
          "anvil_engine_disk_bytes",
          "Bytes of the engine on disk",
          number,
          () -> p.stats().engine().diskBytes());
      gauge(
          meters,
          "anvil_partition_functions_total",
          "Write functions run to an outcome",
          number,
          () -> p.stats().functions());
      gauge(
          meters,
          "anvil_partition_groups_total",
          "Write sets made durable",
          number,
          () -> p.stats().groups());
    }
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

  private static void gauge(
      Meters meters,
      String name,
      String help,
      String partition,
      java.util.function.DoubleSupplier value) {
    meters.gauge(name, help, value, "partition", partition);
  }

  @Override
  public void close() {
    probes.close();
    duties.close();
  }
}
