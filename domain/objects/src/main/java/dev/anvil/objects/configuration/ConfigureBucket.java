package dev.anvil.objects.configuration;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketRuleBook;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.Versioning;
import dev.anvil.objects.notify.Target;
import dev.anvil.objects.notify.TargetBook;
import dev.anvil.objects.notify.TellChanges;
import dev.anvil.objects.notify.TestEvents;
import dev.anvil.objects.rules.BucketRules;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.rules.NotificationRules;
import dev.anvil.objects.rules.ObjectLock;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.WriteBounds;
import java.util.Map;

/** Sets or takes away one kind of rules of a bucket. */
public final class ConfigureBucket {
  /** Which rules, and what they shall be. */
  public sealed interface Change {
    /** Object lock; once enabled it stays enabled. */
    record Lock(ObjectLock lock) implements Change {}

    /** Whether bodies are encrypted where the writer says nothing. */
    record Encryption(boolean sealed) implements Change {}

    /** The lifecycle; null for none. */
    record Lifecycle(LifecycleRules rules) implements Change {}

    /**
     * Notifications; an empty list for none.
     *
     * @param test whether targets are sent a test event
     */
    record Notifications(NotificationRules rules, boolean test) implements Change {}
  }

  /** What to set, on which bucket. */
  public record Command(BucketName bucket, Change change) {}

  /** The bucket behaves so from the receipt's cursor on. */
  public record Result(Receipt receipt) {}

  private final BucketWork work;
  private final TargetBook targets;

  /** Works on these services; notifications are told to targets of the book. */
  public ConfigureBucket(ObjectServices services, TargetBook targets) {
    this.work = new BucketWork(services);
    this.targets = targets;
  }

  /**
   * Needs bucket:update on the bucket.
   *
   * @throws WrongState InvalidBucketState if object lock is wanted where versions are not kept
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(
            call, Action.BUCKET_UPDATE, command.bucket(), Resource.bucket(command.bucket()));
    if (command.change() instanceof Change.Notifications n) {
      n.rules().rules().forEach(r -> requireTarget(call, r.arn()));
    }
    byte[] stored = stored(command.change());
    int bytes = WriteBounds.DEFAULT.bytes() + (stored == null ? 0 : stored.length);
    if (command.change() instanceof Change.Notifications n) {
      bytes += TestEvents.BYTES * n.rules().rules().size();
    }
    BucketWork.Plan plan =
        BucketWork.Plan.of(new Fingerprint("ConfigureBucket").toBytes(), null)
            .bounded(new WriteBounds(WriteBounds.DEFAULT.reads(), bytes));
    return new Result(work.run(target, plan, b -> change(b, command.change(), stored)));
  }

  private void requireTarget(Call call, String arn) {
    Target target = targets.find(arn);
    String tenant = target == null ? null : target.tenant();
    if (target == null || tenant != null && !tenant.equals(call.caller().tenant())) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "Unable to validate the following destination configurations",
          Map.of("argument", arn));
    }
  }

  private static byte[] stored(Change change) {
    return switch (change) {
      case Change.Lock l -> null;
      case Change.Encryption e -> null;
      case Change.Lifecycle l -> l.rules() == null ? null : l.rules().toBytes();
      case Change.Notifications n -> n.rules().rules().isEmpty() ? null : n.rules().toBytes();
    };
  }

  private static Receipt change(BucketTx b, Change change, byte[] stored) {
    BucketRules before = b.bucket().rules();
    return switch (change) {
      case Change.Lock l -> {
        requireLockable(b, l.lock());
        yield BucketRuleBook.write(b, before.with(l.lock()));
      }
      case Change.Encryption e -> BucketRuleBook.write(b, before.withSealed(e.sealed()));
      case Change.Lifecycle l -> {
        BucketRuleBook.put(b, LifecycleRules.KIND, stored);
        yield BucketRuleBook.write(b, before.withLifecycle(stored != null));
      }
      case Change.Notifications n -> {
        TellChanges.begin(b.tx());
        BucketRuleBook.put(b, NotificationRules.KIND, stored);
        Receipt receipt = BucketRuleBook.write(b, before.withNotifies(stored != null));
        if (n.test()) {
          TestEvents.queue(b, receipt.cursor(), n.rules().rules());
        }
        yield receipt;
      }
    };
  }

  private static void requireLockable(BucketTx b, ObjectLock lock) {
    boolean disables = b.bucket().rules().lock().enabled() && !lock.enabled();
    if (disables || b.bucket().settings().versioning() != Versioning.ENABLED) {
      throw new WrongState(
          WrongState.Reason.VERSIONING,
          disables
              ? "object lock stays enabled for good"
              : "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
          Map.of("versioning", b.bucket().settings().versioning().name()));
    }
  }
}
