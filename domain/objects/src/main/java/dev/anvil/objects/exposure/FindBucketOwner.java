package dev.anvil.objects.exposure;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.ObjectServices;

/**
 * Finds who owns a bucket, so that a request that expects somebody else can be refused. Who asks
 * proves nothing: the answer must not be shown.
 */
public final class FindBucketOwner {
  /** Which bucket. */
  public record Command(BucketName bucket) {}

  /** Internal id of the tenant, or -1 if there is no such bucket. */
  public record Result(long tenantId) {}

  private final ObjectServices services;

  /** Works on these services. */
  public FindBucketOwner(ObjectServices services) {
    this.services = services;
  }

  /** Needs no right. */
  public Result execute(Call call, Command command) {
    BucketRef ref = services.buckets().at(command.bucket());
    return new Result(ref == null ? -1 : ref.tenantId());
  }
}
