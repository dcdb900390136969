package dev.anvil.objects.batch;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.Description;
import dev.anvil.objects.ExpectedDigests;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.LimitExceeded;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** Independent small puts in one request, each with its own outcome. */
public final class BatchPutSmall {
  /**
   * One item.
   *
   * @param key as the client sent it; one that is no key is that item's failure
   * @param content at most {@link BatchLimits#MAX_CONTENT_BYTES}
   * @param description what the object carries
   * @param preconditions demands on the current state
   */
  public record Item(
      String key, byte[] content, Description description, Preconditions preconditions) {}

  /**
   * The batch.
   *
   * @param bucket where
   * @param items 1 to {@link BatchLimits#MAX_ITEMS}; of items with the same key any may be last
   * @param idempotencyKey of the whole batch, or null
   */
  public record Command(BucketName bucket, List<Item> items, IdempotencyKey idempotencyKey) {
    /** Copies the list. */
    public Command {
      items = List.copyOf(items);
    }
  }

  /**
   * What one item came to.
   *
   * @param key as the client sent it
   * @param receipt null with a failure
   * @param failure or null
   */
  public record Outcome(String key, Receipt receipt, AnvilException failure) {}

  /** One outcome an item, in the order of the items. */
  public record Result(List<Outcome> outcomes) {}

  private final PutObject put;
  private final Items items;

  /** Works on these services; items run in threads of the executor. */
  public BatchPutSmall(ObjectServices services, Executor executor) {
    this.put = new PutObject(services);
    this.items = new Items(executor);
  }

  /** Needs object:write on the key of each item. */
  public Result execute(Call call, Command command) {
    Items.checkCount(command.items().size());
    List<Items.Done<Receipt>> done = items.run(command.items().size(), i -> put(call, command, i));
    List<Outcome> outcomes = new ArrayList<>(done.size());
    for (int i = 0; i < done.size(); i++) {
      outcomes.add(
          new Outcome(command.items().get(i).key(), done.get(i).value(), done.get(i).failure()));
    }
    return new Result(outcomes);
  }

  private Receipt put(Call call, Command command, int i) {
    Item item = command.items().get(i);
    byte[] content = item.content();
    ObjectKey key = ObjectKey.of(item.key());
    if (content.length > BatchLimits.MAX_CONTENT_BYTES) {
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          "an item of a batch has at most "
              + BatchLimits.MAX_CONTENT_BYTES
              + " bytes; put the object by itself",
          Map.of("bytes", content.length, "limit", BatchLimits.MAX_CONTENT_BYTES));
    }
    Description d = item.description() == null ? Description.NONE : item.description();
    return put.execute(
            call,
            new PutObject.Command(
                command.bucket(),
                key,
                new ByteArrayInputStream(content),
                content.length,
                d.headers(),
                d.userMetadata(),
                d.structured(),
                d.tags(),
                ExpectedDigests.NONE,
                item.preconditions(),
                Items.keyOf(command.idempotencyKey(), i)))
        .receipt();
  }
}
