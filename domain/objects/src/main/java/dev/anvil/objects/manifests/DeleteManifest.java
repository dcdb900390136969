package dev.anvil.objects.manifests;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Receipt;

/** Removes a manifest if its revision is the expected one. */
public final class DeleteManifest {
  /** expectedRevision 0 takes any. */
  public record Command(
      BucketName bucket, ObjectKey key, long expectedRevision, IdempotencyKey idempotencyKey) {}

  /** Proof. */
  public record Result(Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("DeleteManifest");
  }
}
