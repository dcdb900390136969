package dev.anvil.objects.notify;

import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/** Lists messages that were given up, oldest first within a partition; for administrators. */
public final class ListDeadMessages {
  /**
   * Which page.
   *
   * @param after where the page before ended, or null
   * @param limit 1 to {@link NotifyLimits#MAX_PAGE}
   */
  public record Command(String after, int limit) {}

  /** A message and the partition it lies in. */
  public record Dead(int partition, Message message) {
    /** Its place in the list. */
    public String place() {
      return partition + "-" + message.cursor() + "-" + message.rule();
    }
  }

  /**
   * A page.
   *
   * @param dead in order
   * @param next what to give as {@code after} for the next page; null if this is the last
   */
  public record Result(List<Dead> dead, String next) {
    /** Copies the list. */
    public Result {
      dead = List.copyOf(dead);
    }
  }

  private final TargetBook book;

  /** Of the partitions of this book. */
  public ListDeadMessages(TargetBook book) {
    this.book = book;
  }

  /** Partition by partition, each a snapshot. */
  public Result execute(Call call, Command command) {
    Admins.require(call);
    if (command.limit() < 1 || command.limit() > NotifyLimits.MAX_PAGE) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT, "a page has 1 to " + NotifyLimits.MAX_PAGE + " messages");
    }
    long[] from = place(command.after());
    List<Dead> dead = new ArrayList<>();
    for (int n = (int) from[0]; n < book.partitions().count(); n++) {
      byte[] after =
          n == from[0] && command.after() != null
              ? NotifyRecords.dead(from[1], (int) from[2])
              : null;
      int left = command.limit() + 1 - dead.size();
      int partition = n;
      book.partitions()
          .get(new PartitionId(n))
          .read(tx -> page(tx, after, left))
          .forEach(m -> dead.add(new Dead(partition, m)));
      if (dead.size() > command.limit()) {
        List<Dead> page = dead.subList(0, command.limit());
        return new Result(page, page.getLast().place());
      }
    }
    return new Result(dead, null);
  }

  private static List<Message> page(ReadTx tx, byte[] after, int limit) {
    KeyRange all = KeyRange.prefix(NotifyRecords.dead());
    List<Message> found = new ArrayList<>();
    try (EntryCursor c = tx.scan(after == null ? all : all.after(after), Order.ASCENDING)) {
      while (found.size() < limit && c.next()) {
        found.add(Message.of(c.value()));
      }
    }
    return found;
  }

  private long[] place(String after) {
    if (after == null) {
      return new long[] {0, 0, 0};
    }
    if (!after.matches("[0-9]{1,3}-[0-9]{1,18}-[0-9]{1,6}")) {
      throw new Invalid(Invalid.Reason.PAGE_TOKEN, "'after' is the 'next' of the page before");
    }
    String[] parts = after.split("-");
    return new long[] {
      Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])
    };
  }
}
