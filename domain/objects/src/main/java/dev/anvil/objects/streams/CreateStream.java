package dev.anvil.objects.streams;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Receipt;
import java.util.Map;

/** Creates an empty append stream. */
public final class CreateStream {
  /** Metadata as user metadata of objects. */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String contentType,
      Map<String, String> metadata,
      IdempotencyKey idempotencyKey) {}

  /** Proof. */
  public record Result(Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("CreateStream");
  }
}
