package dev.anvil.journal;

import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;

/**
 * The one loop of everything derived from the journal: load the cursor, read after it, apply,
 * commit the new cursor where the effect lives. One page a step; resumable after any crash.
 */
public final class JournalConsumer implements Duty {
  private static final double MILLIS_PER_SECOND = 1_000.0;

  private final Partition partition;
  private final ConsumerEffect effect;
  private final int pageLimit;
  private volatile long lagEntries;
  private volatile long lagMillis;

  /**
   * A consumer of one partition.
   *
   * @param family for the lag metric, for example {@code bodies}
   */
  public JournalConsumer(
      String family, Partition partition, ConsumerEffect effect, int pageLimit, Meters meters) {
    this.partition = partition;
    this.effect = effect;
    this.pageLimit = pageLimit;
    String number = partition.id().toString();
    meters.gauge(
        "anvil_consumer_lag_entries",
        "Journal entries a consumer family has not applied yet",
        () -> lagEntries,
        "family",
        family,
        "partition",
        number);
    meters.gauge(
        "anvil_consumer_lag_seconds",
        "Age of the oldest change a consumer family has not applied yet, in seconds",
        () -> lagMillis / MILLIS_PER_SECOND,
        "family",
        family,
        "partition",
        number);
  }

  @Override
  public boolean step(Lease lease) {
    lease.check();
    long cursor = effect.cursor();
    JournalPage page;
    try {
      page = partition.journal(cursor, pageLimit);
    } catch (Expired e) {
      effect.rebuild(partition.head().cursor(), lease.token());
      return true;
    }
    if (page.through() > cursor) {
      effect.apply(page.entries(), page.through(), lease.token());
    }
    noteLag(page);
    return page.through() < page.head();
  }

  private void noteLag(JournalPage page) {
    lagEntries = page.head() - page.through();
    boolean behind = lagEntries > 0 && !page.entries().isEmpty();
    lagMillis =
        behind
            ? partition.head().committedAt().toEpochMilli()
                - page.entries().getLast().committedAt().toEpochMilli()
            : 0;
  }
}
