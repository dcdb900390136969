package dev.anvil.objects.copies;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.Description;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import java.time.Instant;

/** Makes a version from another one, by reference inside a partition. */
public final class CopyObject {
  /** description null keeps the source's; sourceVersion null means the current one. */
  public record Command(
      BucketName sourceBucket,
      ObjectKey sourceKey,
      String sourceVersion,
      Preconditions sourceConditions,
      BucketName bucket,
      ObjectKey key,
      Description description,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {}

  /** sourceVersion and sourceModified are null in a repeated answer. */
  public record Result(Receipt receipt, String sourceVersion, Instant sourceModified) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("CopyObject");
  }
}
