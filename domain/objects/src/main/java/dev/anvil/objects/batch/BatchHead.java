package dev.anvil.objects.batch;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.VersionRecord;
import dev.anvil.ports.failure.AnvilException;
import java.util.List;

/** Independent heads in one request, each with its own outcome. */
public final class BatchHead {
  /** One item; version null means the current one. */
  public record Item(String key, String version) {}

  /** Items in the order of their outcomes. */
  public record Command(BucketName bucket, List<Item> items) {}

  /** Exactly one of object and failure is null. */
  public record Outcome(String key, VersionRecord object, AnvilException failure) {}

  /** One outcome an item. */
  public record Result(List<Outcome> outcomes) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("BatchHead");
  }
}
