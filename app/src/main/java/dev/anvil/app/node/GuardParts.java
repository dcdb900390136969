package dev.anvil.app.node;

import dev.anvil.app.events.AllowedAddresses;
import dev.anvil.app.events.SocketWebhooks;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsException;
import dev.anvil.http.use.UseCases;
import dev.anvil.journal.FindingSink;
import dev.anvil.journal.JournalConsumer;
import dev.anvil.objects.Guards;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.ResealBucketKeys;
import dev.anvil.objects.configuration.ConfigureBucket;
import dev.anvil.objects.configuration.ReadConfiguration;
import dev.anvil.objects.lifecycle.RunLifecycle;
import dev.anvil.objects.lock.ConfirmLockClock;
import dev.anvil.objects.lock.KeepLockClock;
import dev.anvil.objects.lock.LockTime;
import dev.anvil.objects.lock.LockVersion;
import dev.anvil.objects.notify.DeleteTarget;
import dev.anvil.objects.notify.DeliverMessages;
import dev.anvil.objects.notify.ListDeadMessages;
import dev.anvil.objects.notify.ListTargets;
import dev.anvil.objects.notify.NotifyLimits;
import dev.anvil.objects.notify.PutTarget;
import dev.anvil.objects.notify.RetryDeadMessages;
import dev.anvil.objects.notify.TargetBook;
import dev.anvil.objects.notify.TellChanges;
import dev.anvil.objects.rules.LockClock;
import dev.anvil.objects.sealing.BodyKeys;
import dev.anvil.ports.duties.Duties;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.identity.SecretSealer;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.s3.answer.S3UseCases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * What guards versions, ends them and tells of them.
 *
 * @param guards of all versions
 * @param targets of notifications
 * @param tellers one a partition, in their order
 * @param time of this process
 */
record GuardParts(Guards guards, TargetBook targets, List<TellChanges> tellers, NodeTime time) {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration OFTEN = Duration.ofSeconds(5);
  private static final Duration SELDOM = Duration.ofSeconds(30);

  static GuardParts over(Partitions partitions, SecretSealer sealer, NodeTime time, Meters meters) {
    LockClock clock =
        LockClock.after(LockTime.left(partitions.directory()), time.clock(), time.ticker());
    List<TellChanges> tellers = new ArrayList<>();
    for (int n = 0; n < partitions.count(); n++) {
      tellers.add(new TellChanges(partitions.get(new PartitionId(n)), time.clock(), meters));
    }
    return new GuardParts(
        new Guards(clock, new BodyKeys(sealer, time.random())),
        new TargetBook(partitions, sealer),
        List.copyOf(tellers),
        time);
  }

  S3UseCases.Rules s3(ObjectServices s) {
    return new S3UseCases.Rules(
        new ConfigureBucket(s, targets)::execute,
        new ReadConfiguration(s)::execute,
        new LockVersion(s)::execute);
  }

  UseCases.Upkeep useCases(ObjectServices s) {
    return new UseCases.Upkeep(
        new PutTarget(targets, time.random())::execute,
        new ListTargets(targets)::execute,
        new DeleteTarget(targets)::execute,
        new ListDeadMessages(targets)::execute,
        new RetryDeadMessages(targets)::execute,
        new ConfirmLockClock(s)::execute);
  }

  /** Up to where this still needs the journal of a partition. */
  LongSupplier needs(PartitionId id) {
    return tellers.get(id.number())::neededAfter;
  }

  void seekAll(
      Duties duties,
      ObjectServices services,
      FindingSink findings,
      Settings settings,
      Meters meters) {
    RunLifecycle lifecycle = new RunLifecycle(services);
    ResealBucketKeys reseal = new ResealBucketKeys(services);
    SocketWebhooks webhooks =
        new SocketWebhooks(
            allowed(settings), () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    DeliverMessages deliver = new DeliverMessages(targets, webhooks, time.clock(), meters);
    for (int n = 0; n < services.partitions().count(); n++) {
      PartitionId id = new PartitionId(n);
      Partition partition = services.partitions().get(id);
      seek(duties, RunLifecycle.DUTY, id, OFTEN, l -> lifecycle.step(id, l.token()));
      seek(duties, ResealBucketKeys.DUTY, id, SELDOM, l -> reseal.step(id, l.token()));
      seek(duties, TellChanges.DUTY, id, SOON, tell(partition, tellers.get(n), meters));
      seek(duties, DeliverMessages.DUTY, id, SOON, l -> deliver.step(id, l.token()));
    }
    KeepLockClock keep = new KeepLockClock(services, findings);
    duties.seek(new DutyName(KeepLockClock.DUTY), SELDOM, l -> keep.step(l.token()));
  }

  private static AllowedAddresses allowed(Settings settings) {
    try {
      return new AllowedAddresses(settings.upkeep().notificationAddresses());
    } catch (IllegalArgumentException e) {
      throw new SettingsException("NOTIFICATION_ADDRESSES: " + e.getMessage());
    }
  }

  /** A full queue takes nothing more until some of it is delivered. */
  private static Duty tell(Partition partition, TellChanges teller, Meters meters) {
    JournalConsumer consumer =
        new JournalConsumer(TellChanges.DUTY, partition, teller, NotifyLimits.PAGE, meters);
    return lease -> teller.hasRoom() && consumer.step(lease);
  }

  private static void seek(Duties duties, String kind, PartitionId id, Duration period, Duty duty) {
    duties.seek(new DutyName(kind + "/" + id), period, duty);
  }
}
