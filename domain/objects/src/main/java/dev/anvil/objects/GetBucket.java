package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;

/** Reads settings and contents of a bucket. */
public final class GetBucket {
  /** Which. */
  public record Command(BucketName bucket) {}

  /** The bucket. */
  public record Result(BucketInfo info) {}

  private final ObjectServices services;

  /** Works on these services. */
  public GetBucket(ObjectServices services) {
    this.services = services;
  }

  /** Needs bucket:read on the bucket. */
  public Result execute(Call call, Command command) {
    Right right =
        services.access().admit(call, Action.BUCKET_READ, Resource.bucket(command.bucket()));
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    return new Result(read(services, bucket));
  }

  /** Settings and contents in one snapshot. */
  static BucketInfo read(ObjectServices services, BucketRef bucket) {
    boolean governed = services.access().governs(bucket.tenantId(), bucket.name());
    return services
        .partitions()
        .get(bucket.partition())
        .read(tx -> {
          BucketRecord b = BucketTx.read(tx, bucket);
          return new BucketInfo(
              b.name(),
              b.owner(),
              b.createdAt(),
              b.settings(),
              b.state(),
              BucketTx.readCounters(tx, b.id()),
              bucket.partition().number(),
              b.changed(),
              governed);
        });
  }
}
