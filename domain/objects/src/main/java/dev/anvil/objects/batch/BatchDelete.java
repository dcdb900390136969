package dev.anvil.objects.batch;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.AnvilException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Independent deletes in one request, each with its own outcome. */
public final class BatchDelete {
  /**
   * One item.
   *
   * @param key as the client sent it; one that is no key is that item's failure
   * @param version as in {@link DeleteObject.Command}
   * @param preconditions demands on the current state
   */
  public record Item(String key, String version, Preconditions preconditions) {}

  /**
   * The batch.
   *
   * @param bucket where
   * @param items 1 to {@link BatchLimits#MAX_ITEMS}
   * @param idempotencyKey of the whole batch, or null
   * @param bypass whether governance shall be bypassed
   */
  public record Command(
      BucketName bucket, List<Item> items, IdempotencyKey idempotencyKey, boolean bypass) {
    /** Bypasses nothing. */
    public Command(BucketName bucket, List<Item> items, IdempotencyKey idempotencyKey) {
      this(bucket, items, idempotencyKey, false);
    }

    /** Copies the list. */
    public Command {
      items = List.copyOf(items);
    }
  }

  /**
   * What one item came to.
   *
   * @param key as the client sent it
   * @param receipt null with a failure, and where nothing was there to delete
   * @param failure or null
   */
  public record Outcome(String key, Receipt receipt, AnvilException failure) {}

  /** One outcome an item, in the order of the items. */
  public record Result(List<Outcome> outcomes) {}

  private final DeleteObject delete;
  private final Items items;

  /** Works on these services; items run in threads of the executor. */
  public BatchDelete(ObjectServices services, Executor executor) {
    this.delete = new DeleteObject(services);
    this.items = new Items(executor);
  }

  /** Needs object:delete on the key of each item. */
  public Result execute(Call call, Command command) {
    Items.checkCount(command.items().size());
    List<Items.Done<Receipt>> done =
        items.run(command.items().size(), i -> delete(call, command, i));
    List<Outcome> outcomes = new ArrayList<>(done.size());
    for (int i = 0; i < done.size(); i++) {
      outcomes.add(
          new Outcome(command.items().get(i).key(), done.get(i).value(), done.get(i).failure()));
    }
    return new Result(outcomes);
  }

  private Receipt delete(Call call, Command command, int i) {
    Item item = command.items().get(i);
    return delete
        .execute(
            call,
            new DeleteObject.Command(
                command.bucket(),
                ObjectKey.of(item.key()),
                item.version(),
                item.preconditions(),
                Items.keyOf(command.idempotencyKey(), i),
                command.bypass()))
        .receipt();
  }
}
