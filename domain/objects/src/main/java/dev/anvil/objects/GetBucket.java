package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.NotImplemented;

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
    throw new NotImplemented("not built yet: " + services + call + command);
  }
}
