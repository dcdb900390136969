package dev.anvil.app.node;

import dev.anvil.app.settings.Settings;
import dev.anvil.journal.JournalConsumer;
import dev.anvil.objects.ExpireReceipts;
import dev.anvil.objects.FinishBuckets;
import dev.anvil.objects.ForgetBuckets;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.SweepGarbage;
import dev.anvil.objects.multipart.ExpireUploads;
import dev.anvil.operations.Findings;
import dev.anvil.operations.ReclaimBodies;
import dev.anvil.operations.ReconcileBodies;
import dev.anvil.operations.ScrubBodies;
import dev.anvil.operations.ScrubRecords;
import dev.anvil.operations.TrimJournal;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Every background duty of this node, with its name and its period of rest. */
final class DutyTable {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration OFTEN = Duration.ofSeconds(5);
  private static final Duration SELDOM = Duration.ofSeconds(30);
  private static final int CONSUMER_PAGE = 500;
  private static final long MIB = 1L << 20;

  /** What a journal entry counts as, in bytes, when retention is given in bytes. */
  private static final long ENTRY_BYTES = 256;

  private final Duties duties;
  private final ObjectServices services;
  private final BodyUpkeep upkeep;
  private final Findings findings;
  private final Settings settings;
  private final Meters meters;
  private final Function<PartitionId, LongSupplier> needs;

  DutyTable(
      Duties duties,
      ObjectServices services,
      BodyUpkeep upkeep,
      Findings findings,
      Settings settings,
      Meters meters,
      Function<PartitionId, LongSupplier> needs) {
    this.duties = duties;
    this.services = services;
    this.upkeep = upkeep;
    this.findings = findings;
    this.settings = settings;
    this.meters = meters;
    this.needs = needs;
  }

  /** Seeks them all. */
  void seekAll(ReclaimBodies reclaim, Duty compact, BackupParts backups) {
    SweepGarbage sweep = new SweepGarbage(services, upkeep, ObjectUseCases.LEFTOVERS);
    ExpireReceipts expire = new ExpireReceipts(services);
    ExpireUploads uploads = new ExpireUploads(services);
    FinishBuckets finish = new FinishBuckets(services, ObjectUseCases.CONTENTS);
    ForgetBuckets forget = new ForgetBuckets(services);
    for (int n = 0; n < services.partitions().count(); n++) {
      PartitionId id = new PartitionId(n);
      Partition partition = services.partitions().get(id);
      seek(
          SweepGarbage.DUTY,
          id,
          SOON,
          backups.sweeps().over(lease -> sweep.step(id, lease.token())));
      seek(ExpireReceipts.DUTY, id, SELDOM, lease -> expire.step(id, lease.token()));
      seek(ExpireUploads.DUTY, id, SELDOM, lease -> uploads.step(id, lease.token()));
      seek(FinishBuckets.DUTY, id, SOON, lease -> finish.step(id, lease.token()));
      seek(ForgetBuckets.DUTY, id, SELDOM, lease -> forget.step(id, lease.token()));
      ReconcileBodies bodies = new ReconcileBodies(id, services.bodies(), upkeep);
      seek(
          "bodies",
          id,
          SOON,
          new JournalConsumer("bodies", partition, bodies, CONSUMER_PAGE, meters));
      seek("trim", id, OFTEN, trim(id, partition, backups.consumers(n)));
      seek("scrub-records", id, OFTEN, new ScrubRecords(partition, findings, services.clock()));
    }
    seek("reclaim", null, SOON, reclaim);
    seek("compact", null, SOON, compact);
    long rate = settings.scrubRateMib() * MIB;
    seek("scrub-bodies", null, SOON, new ScrubBodies(upkeep, rate, findings, services.clock()));
  }

  private TrimJournal trim(PartitionId id, Partition partition, List<LongSupplier> others) {
    List<LongSupplier> consumers = new ArrayList<>(others);
    consumers.add(() -> upkeep.reconciledThrough(id.number()));
    consumers.add(needs.apply(id));
    return new TrimJournal(
        "trim/" + id,
        partition,
        new TrimJournal.Retention(
            settings.journalRetention(), settings.journalRetentionBytes() / ENTRY_BYTES),
        consumers,
        services.clock());
  }

  private void seek(String kind, PartitionId id, Duration period, Duty duty) {
    duties.seek(new DutyName(id == null ? kind : kind + "/" + id), period, duty);
  }
}
