package dev.anvil.objects.batch;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ObjectInfo;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.ReadConditions;
import dev.anvil.ports.failure.AnvilException;
import java.util.ArrayList;
import java.util.List;

/** Independent looks at metadata in one request, each with its own outcome. */
public final class BatchHead {
  /**
   * One item.
   *
   * @param key as the client sent it; one that is no key is that item's failure
   * @param version as in {@link HeadObject.Command}
   */
  public record Item(String key, String version) {}

  /**
   * The batch.
   *
   * @param bucket where
   * @param items 1 to {@link BatchLimits#MAX_ITEMS}
   */
  public record Command(BucketName bucket, List<Item> items) {
    /** Copies the list. */
    public Command {
      items = List.copyOf(items);
    }
  }

  /**
   * What one item came to.
   *
   * @param key as the client sent it
   * @param object null with a failure
   * @param failure or null
   */
  public record Outcome(String key, ObjectInfo object, AnvilException failure) {}

  /** One outcome an item, in the order of the items. */
  public record Result(List<Outcome> outcomes) {}

  private final HeadObject head;
  private final Items items;

  /** Works on these services. */
  public BatchHead(ObjectServices services) {
    this.head = new HeadObject(services);
    this.items = new Items(null);
  }

  /** Needs object:read on the key of each item. */
  public Result execute(Call call, Command command) {
    Items.checkCount(command.items().size());
    List<Items.Done<ObjectInfo>> done =
        items.run(command.items().size(), i -> head(call, command, i));
    List<Outcome> outcomes = new ArrayList<>(done.size());
    for (int i = 0; i < done.size(); i++) {
      outcomes.add(
          new Outcome(command.items().get(i).key(), done.get(i).value(), done.get(i).failure()));
    }
    return new Result(outcomes);
  }

  private ObjectInfo head(Call call, Command command, int i) {
    Item item = command.items().get(i);
    return head.execute(
            call,
            new HeadObject.Command(
                command.bucket(),
                ObjectKey.of(item.key()),
                item.version(),
                ReadConditions.NONE,
                List.of()))
        .info();
  }
}
