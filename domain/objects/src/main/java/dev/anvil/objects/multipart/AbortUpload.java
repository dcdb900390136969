package dev.anvil.objects.multipart;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Receipt;

/** Ends an upload; its parts are dropped later. */
public final class AbortUpload {
  /** Which upload. */
  public record Command(
      BucketName bucket, ObjectKey key, String uploadId, IdempotencyKey idempotencyKey) {}

  /** Proof. */
  public record Result(Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("AbortUpload");
  }
}
