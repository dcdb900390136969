package dev.anvil.objects.copies;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;

/** Makes a version that differs in metadata only; the body is not rewritten. */
public final class UpdateMetadata {
  /** What changes. */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      MetadataPatch patch,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {}

  /** The version. */
  public record Result(Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("UpdateMetadata");
  }
}
