package dev.anvil.objects.notify;

import dev.anvil.identity.Call;
import dev.anvil.ports.failure.NotFound;
import java.util.Map;

/** Drops a target; messages that still name it end up among those given up. For administrators. */
public final class DeleteTarget {
  /** Which. */
  public record Command(String name) {}

  /** It is gone. */
  public record Result(String name) {}

  private final TargetBook book;

  /** In this book. */
  public DeleteTarget(TargetBook book) {
    this.book = book;
  }

  /**
   * Durable when it returns.
   *
   * @throws NotFound TargetNotFound
   */
  public Result execute(Call call, Command command) {
    Admins.require(call);
    if (book.find(Target.ARN + command.name()) == null) {
      throw new NotFound(
          NotFound.Reason.TARGET,
          "there is no target '" + command.name() + "'; list them",
          Map.of("target", command.name()));
    }
    byte[] key = NotifyRecords.target(command.name());
    book.partitions()
        .directory()
        .write(tx -> {
          tx.delete(key);
          return null;
        });
    return new Result(command.name());
  }
}
