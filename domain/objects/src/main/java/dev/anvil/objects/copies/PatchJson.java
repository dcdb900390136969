package dev.anvil.objects.copies;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;

/** Applies a JSON merge patch (RFC 7396) to the body of an object; metadata stays. */
public final class PatchJson {
  /** The patch as JSON. */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      byte[] patch,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {}

  /** The version. */
  public record Result(Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("PatchJson");
  }
}
