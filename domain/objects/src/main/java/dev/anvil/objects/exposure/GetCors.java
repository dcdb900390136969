package dev.anvil.objects.exposure;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.grants.CorsRule;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.ObjectServices;
import dev.anvil.ports.failure.NotFound;
import java.util.List;

/** Reads what scripts of other origins may do in a bucket. */
public final class GetCors {
  /** Which bucket. */
  public record Command(BucketName bucket) {}

  /** At least one rule. */
  public record Result(List<CorsRule> rules) {}

  private final ObjectServices services;

  /** Works on these services. */
  public GetCors(ObjectServices services) {
    this.services = services;
  }

  /**
   * Needs bucket:read on the bucket.
   *
   * @throws NotFound CorsNotFound if there are no rules
   */
  public Result execute(Call call, Command command) {
    Right right =
        services.access().admit(call, Action.BUCKET_READ, Resource.bucket(command.bucket()));
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    List<CorsRule> rules =
        services
            .partitions()
            .get(bucket.partition())
            .read(tx -> {
              BucketTx.readOpen(tx, bucket);
              return ExposureRecords.read(tx, bucket.id()).cors();
            });
    if (rules.isEmpty()) {
      throw new NotFound(NotFound.Reason.CORS, "the bucket has no rules for other origins");
    }
    return new Result(rules);
  }
}
