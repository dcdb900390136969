package dev.anvil.app.node;

import dev.anvil.app.settings.Settings;
import dev.anvil.authz.store.ClosureUpkeep;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.Sweep;
import dev.anvil.operations.CapacitySamples;
import dev.anvil.operations.CompactBodies;
import dev.anvil.operations.MaintainClosures;
import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.LeaseView;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.time.Duration;
import java.util.List;

/** Duties and probes of a running node. */
final class NodeUpkeep implements AutoCloseable {
  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(60);

  private static final Duration CLOSURE_PERIOD = Duration.ofSeconds(1);
  private static final int CLOSURE_PAGE = 500;

  /** Kinds of duties that have figures of their own. */
  private static final List<String> KINDS =
      List.of(
          "sweep",
          "expire-receipts",
          "expire-uploads",
          "finish-buckets",
          "forget-buckets",
          "bodies",
          "trim",
          "scrub-records",
          "scrub-bodies",
          "reclaim",
          "compact",
          "authz-sweep",
          "authz-closure",
          "capacity",
          "probe");

  private final NodeCluster.Seekers duties;
  private final ProbeRounds probes;

  private NodeUpkeep(NodeCluster.Seekers duties, ProbeRounds probes) {
    this.duties = duties;
    this.probes = probes;
  }

  /** Probes begin; duties are known and wait for {@link #begin}. */
  static NodeUpkeep start(
      Settings settings,
      NodeCluster cluster,
      NodeStores stores,
      NodeParts parts,
      NodeHealth health,
      CapacityMeter capacity,
      NodeTime time,
      Meters meters) {
    Meters.Counter incidents =
        meters.counter("anvil_duty_incidents_total", "Steps of background duties that failed");
    NodeCluster.Seekers seekers = cluster.seekers(() -> incidents.add(1));
    Duties duties = seekers.duties();
    DutyTable table =
        new DutyTable(
            duties,
            parts.objects(),
            stores.bodies(),
            stores.findings(),
            settings,
            meters,
            parts.guards()::needs);
    CompactBodies compact =
        new CompactBodies(
            stores.bodies(), time.ticker(), parts.admission()::answered, capacity::freeBytes);
    table.seekAll(stores.reclaim(), compact, parts.backups());
    parts.guards().seekAll(duties, parts.objects(), stores.findings(), settings, meters);
    parts.backups().seek(duties);
    ExposureParts.seek(duties, parts);
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
    duties.seek(
        new DutyName("capacity"),
        CapacitySamples.EVERY,
        lease -> {
          capacity.sample();
          return false;
        });
    NodeMeters gauges = new NodeMeters(meters);
    gauges.partitions(stores.partitions());
    gauges.bodies(stores.bodies());
    gauges.health(health);
    gauges.capacity(capacity);
    gauges.duties(seekers::leases, KINDS);
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

  /**
   * The duties begin. Not before the node answers: what is derived, scrubbed and swept grows with
   * what is stored, and a start must not.
   */
  void begin() {
    duties.begin();
  }

  /** Every lease held now. */
  List<LeaseView> leases() {
    return duties.leases();
  }

  @Override
  public void close() {
    probes.close();
    duties.close();
  }
}
