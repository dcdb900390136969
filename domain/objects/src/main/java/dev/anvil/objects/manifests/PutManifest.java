package dev.anvil.objects.manifests;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Receipt;

/** Creates a manifest, or changes it if its revision is the expected one. */
public final class PutManifest {
  /** expectedRevision 0 demands that there is none. */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      byte[] content,
      String contentType,
      long expectedRevision,
      IdempotencyKey idempotencyKey) {}

  /** The new revision, also the receipt's version. */
  public record Result(long revision, Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("PutManifest");
  }
}
