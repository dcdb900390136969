package dev.anvil.objects.streams;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Receipt;

/** Removes a stream; its records are dropped later. */
public final class DeleteStream {
  /** Which stream. */
  public record Command(BucketName bucket, ObjectKey key, IdempotencyKey idempotencyKey) {}

  /** Proof. */
  public record Result(Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("DeleteStream");
  }
}
