package dev.anvil.objects.streams;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Receipt;

/** Ends a stream for good with a hash that commits to all of it. */
public final class SealStream {
  /** expectedRecords is how many there must be; -1 takes any. */
  public record Command(
      BucketName bucket, ObjectKey key, long expectedRecords, IdempotencyKey idempotencyKey) {}

  /** The seal. */
  public record Result(StreamInfo stream, Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("SealStream");
  }
}
