package dev.anvil.operations;

import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Drops what retention no longer holds from a partition's journal, whole blocks at a time. A named
 * consumer holds it back, but only by the grace.
 */
public final class TrimJournal implements Duty {
  /** How much longer a lagging consumer may hold entries back. */
  public static final Duration CONSUMER_GRACE = Duration.ofHours(24);

  private static final int PAGE = 1_000;

  private final String name;
  private final Partition partition;
  private final Retention retention;
  private final List<LongSupplier> consumers;
  private final InstantSource clock;

  /**
   * Retention of a journal.
   *
   * @param age entries younger than this stay
   * @param entries at most this many stay
   */
  public record Retention(Duration age, long entries) {}

  /** Over one partition, held back by the cursors of the consumers. */
  public TrimJournal(
      String name,
      Partition partition,
      Retention retention,
      List<LongSupplier> consumers,
      InstantSource clock) {
    this.name = name;
    this.partition = partition;
    this.retention = retention;
    this.consumers = List.copyOf(consumers);
    this.clock = clock;
  }

  @Override
  public boolean step(Lease lease) {
    lease.check();
    PartitionHead head = partition.head();
    if (head.oldest() > head.cursor()) {
      return false;
    }
    JournalPage first = partition.journal(head.oldest() - 1, 1);
    if (lastDroppable(first.entries(), head) < head.oldest()) {
      // mostly so: looked at often, it must cost little
      return false;
    }
    JournalPage page = partition.journal(head.oldest() - 1, PAGE);
    long upTo = lastDroppable(page.entries(), head);
    if (upTo < head.oldest()) {
      return false;
    }
    boolean more = partition.trimJournal(name, lease.token(), upTo);
    return more || upTo == page.through() && page.through() < page.head();
  }

  private long lastDroppable(List<JournalEntry> oldestFirst, PartitionHead head) {
    Instant now = clock.instant();
    Instant young = now.minus(retention.age());
    Instant hopeless = young.minus(CONSUMER_GRACE);
    long surplus = head.cursor() - retention.entries();
    long needed =
        consumers.stream().mapToLong(LongSupplier::getAsLong).min().orElse(Long.MAX_VALUE);
    long last = head.oldest() - 1;
    for (JournalEntry e : oldestFirst) {
      boolean over = e.committedAt().isBefore(young) || e.cursor() <= surplus;
      boolean free =
          e.cursor() <= needed
              || e.committedAt().isBefore(hopeless)
              || e.cursor() <= surplus - retention.entries();
      if (!over || !free) {
        break;
      }
      last = e.cursor();
    }
    return last;
  }
}
