package dev.anvil.operations;

import dev.anvil.authz.store.ClosureUpkeep;
import dev.anvil.journal.ConsumerEffect;
import dev.anvil.journal.JournalConsumer;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import java.util.List;

/** Keeps the closures of a partition's relationships up with its journal. */
public final class MaintainClosures implements Duty {
  /** Kind of the duty. */
  public static final String DUTY = "closures";

  private final ClosureUpkeep upkeep;
  private final JournalConsumer consumer;

  /** Of one partition; pages of at most so many entries. */
  public MaintainClosures(ClosureUpkeep upkeep, Partition partition, int page, Meters meters) {
    this.upkeep = upkeep;
    this.consumer = new JournalConsumer(DUTY, partition, new Effect(), page, meters);
  }

  private final class Effect implements ConsumerEffect {
    @Override
    public long cursor() {
      return upkeep.cursor();
    }

    @Override
    public void apply(List<JournalEntry> entries, long through, long token) {
      upkeep.apply(entries, through, token);
    }

    @Override
    public void rebuild(long head, long token) {
      upkeep.rebuild(head, token);
    }
  }

  @Override
  public boolean step(Lease lease) {
    boolean more = consumer.step(lease);
    return upkeep.build(lease.token()) || more;
  }
}
