package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.NotImplemented;

/** Creates a bucket, or finds that its owner made it with the same settings before. */
public final class CreateBucket {
  /**
   * What to create.
   *
   * @param bucket name, unique in the deployment
   * @param settings what the owner chooses
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket, BucketSettings settings, IdempotencyKey idempotencyKey) {}

  /**
   * The bucket.
   *
   * @param info its state
   * @param created false if it was there with the same owner and settings
   */
  public record Result(BucketInfo info, boolean created) {}

  private final ObjectServices services;

  /** Works on these services. */
  public CreateBucket(ObjectServices services) {
    this.services = services;
  }

  /** Needs bucket:create on the bucket. */
  public Result execute(Call call, Command command) {
    throw new NotImplemented("not built yet: " + services + call + command);
  }
}
