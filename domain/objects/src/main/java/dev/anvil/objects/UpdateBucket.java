package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.NotImplemented;
import java.util.Map;

/** Changes settings of a bucket. */
public final class UpdateBucket {
  /**
   * What to change; null leaves a setting as it is.
   *
   * @param bucket which
   * @param versioning other than UNVERSIONED
   * @param tags all tags
   * @param quota both bounds
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      Versioning versioning,
      Map<String, String> tags,
      Quota quota,
      IdempotencyKey idempotencyKey) {}

  /** The bucket after the change, and the receipt of the change. */
  public record Result(BucketInfo info, Receipt receipt) {}

  private final ObjectServices services;

  /** Works on these services. */
  public UpdateBucket(ObjectServices services) {
    this.services = services;
  }

  /** Needs bucket:update on the bucket. */
  public Result execute(Call call, Command command) {
    throw new NotImplemented("not built yet: " + services + call + command);
  }
}
