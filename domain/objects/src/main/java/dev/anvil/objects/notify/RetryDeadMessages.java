package dev.anvil.objects.notify;

import dev.anvil.identity.Call;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.List;

/** Queues messages that were given up once more; for administrators. */
public final class RetryDeadMessages {
  private static final int STEP = 50;
  private static final int STEP_BYTES = 512 << 10;

  /** All there are, up to the room of the queues. */
  public record Command() {}

  /** How many were queued. */
  public record Result(int queued) {}

  private final TargetBook book;

  /** Of the partitions of this book. */
  public RetryDeadMessages(TargetBook book) {
    this.book = book;
  }

  /** Durable when it returns. */
  public Result execute(Call call, Command command) {
    Admins.require(call);
    int queued = 0;
    for (int n = 0; n < book.partitions().count(); n++) {
      int moved = STEP;
      while (moved == STEP) {
        moved = step(new PartitionId(n));
        queued += moved;
      }
    }
    return new Result(queued);
  }

  private int step(PartitionId id) {
    return book.partitions()
        .get(id)
        .write(new WriteBounds(4 * STEP, STEP_BYTES), RetryDeadMessages::move)
        .value();
  }

  private static int move(WriteTx tx) {
    NotifyRecords.Counts counts = NotifyRecords.counts(tx);
    if (counts.waiting() + STEP > NotifyLimits.MAX_WAITING) {
      return 0;
    }
    List<Message> messages = oldest(tx);
    for (Message m : messages) {
      tx.delete(NotifyRecords.dead(m.cursor(), m.rule()));
      tx.put(NotifyRecords.waiting(0, m.cursor(), m.rule()), m.afresh().toBytes());
    }
    if (!messages.isEmpty()) {
      NotifyRecords.counts(tx, counts.plus(messages.size(), -messages.size()));
    }
    return messages.size();
  }

  private static List<Message> oldest(ReadTx tx) {
    List<Message> found = new ArrayList<>();
    try (EntryCursor c = tx.scan(KeyRange.prefix(NotifyRecords.dead()), Order.ASCENDING)) {
      while (found.size() < STEP && c.next()) {
        found.add(Message.of(c.value()));
      }
    }
    return found;
  }
}
