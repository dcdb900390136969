package dev.anvil.objects.exposure;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.grants.Everybody;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.ObjectServices;

/** Reads what a bucket grants and refuses beyond scopes. */
public final class GetExposure {
  /** Which bucket. */
  public record Command(BucketName bucket) {}

  /**
   * What it grants.
   *
   * @param tenantId owner of the bucket
   * @param exposure its grants
   */
  public record Result(long tenantId, Exposure exposure) {}

  private final ObjectServices services;

  /** Works on these services. */
  public GetExposure(ObjectServices services) {
    this.services = services;
  }

  /** Needs policy:read on the bucket. */
  public Result execute(Call call, Command command) {
    Right right =
        services.access().admit(call, Action.POLICY_READ, Resource.bucket(command.bucket()));
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    Result kept =
        services
            .partitions()
            .get(bucket.partition())
            .read(tx ->
                new Result(
                    BucketTx.readOpen(tx, bucket).tenantId(),
                    ExposureRecords.read(tx, bucket.id())));
    Everybody held = services.access().held(bucket.tenantId(), bucket.name());
    Exposure e = kept.exposure();
    return new Result(
        kept.tenantId(), e.open(e.publicRead() || held.read(), e.publicWrite() || held.write()));
  }
}
