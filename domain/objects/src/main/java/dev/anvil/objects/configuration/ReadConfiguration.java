package dev.anvil.objects.configuration;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketRuleBook;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.rules.BucketRules;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.rules.NotificationRules;

/** Reads all rules of a bucket in one snapshot. */
public final class ReadConfiguration {
  /** Which bucket. */
  public record Command(BucketName bucket) {}

  /**
   * Its rules.
   *
   * @param rules lock and encryption
   * @param lifecycle or null
   * @param notifications never null
   */
  public record Result(
      BucketRules rules, LifecycleRules lifecycle, NotificationRules notifications) {}

  private final BucketWork work;

  /** Works on these services. */
  public ReadConfiguration(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /** Needs bucket:read on the bucket. */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.BUCKET_READ, command.bucket(), Resource.bucket(command.bucket()));
    return work.read(
        target,
        (tx, bucket) ->
            new Result(
                bucket.rules(),
                BucketRuleBook.lifecycle(tx, bucket),
                BucketRuleBook.notifications(tx, bucket)));
  }
}
