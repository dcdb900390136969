package dev.anvil.objects.batch;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.AnvilException;
import java.util.List;

/** Independent deletes in one request, each with its own outcome. */
public final class BatchDelete {
  /** One item; the key is as the client sent it. */
  public record Item(String key, String version, Preconditions preconditions) {}

  /** Items in the order of their outcomes. */
  public record Command(BucketName bucket, List<Item> items, IdempotencyKey idempotencyKey) {}

  /** Exactly one of receipt and failure is null. */
  public record Outcome(String key, Receipt receipt, AnvilException failure) {}

  /** One outcome an item. */
  public record Result(List<Outcome> outcomes) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("BatchDelete");
  }
}
