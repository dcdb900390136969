package dev.anvil.objects.notify;

import dev.anvil.identity.Call;
import java.util.List;

/** Lists targets by name; for administrators. */
public final class ListTargets {
  /** All of them: there are at most {@link NotifyLimits#MAX_TARGETS}. */
  public record Command() {}

  /** In the order of their names. */
  public record Result(List<Target> targets) {
    /** Copies the list. */
    public Result {
      targets = List.copyOf(targets);
    }
  }

  private final TargetBook book;

  /** In this book. */
  public ListTargets(TargetBook book) {
    this.book = book;
  }

  /** A snapshot. */
  public Result execute(Call call, Command command) {
    Admins.require(call);
    return new Result(book.all());
  }
}
