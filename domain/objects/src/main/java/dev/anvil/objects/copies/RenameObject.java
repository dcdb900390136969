package dev.anvil.objects.copies;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;

/** Gives the current version of a key another key, in one commit. */
public final class RenameObject {
  /** Conditions of the old key and of the new one. */
  public record Command(
      BucketName bucket,
      ObjectKey from,
      ObjectKey to,
      Preconditions sourceConditions,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {}

  /** The version under the new key. */
  public record Result(Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("RenameObject");
  }
}
