package dev.anvil.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.Drafts;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.StandingLease;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class TrimJournalTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final long MANY = 1_000_000;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final LocalPartitions partitions = TestPartitions.inMemory(1, clock);
  private final Partition partition = partitions.get(new PartitionId(0));
  private long consumed;

  @AfterEach
  void close() {
    partitions.close();
  }

  private static final Lease LEASE = StandingLease.FIRST;

  private void append(int n) {
    for (int i = 0; i < n; i++) {
      partition.write(tx -> tx.append(Drafts.of("test.event", "s")));
    }
  }

  private long trim(Duration age, long entries) {
    TrimJournal duty =
        new TrimJournal(
            "trim/0",
            partition,
            new TrimJournal.Retention(age, entries),
            List.of(() -> consumed),
            clock);
    while (duty.step(LEASE)) {
      assertThat(partition.head().oldest()).isPositive();
    }
    return partition.head().oldest();
  }

  @Test
  void youngEntriesStay() {
    append(5);
    consumed = 5;
    clock.move(WEEK);
    assertThat(trim(WEEK, MANY)).isEqualTo(1);
  }

  @Test
  void oldEntriesGoAndTheRestStays() {
    append(5);
    clock.move(WEEK.plusSeconds(1));
    append(3);
    consumed = 8;
    assertThat(trim(WEEK, MANY)).isEqualTo(6);
    assertThat(partition.journal(5, 10).entries()).hasSize(3);
  }

  @Test
  void tooManyEntriesGoHoweverYoung() {
    append(50);
    consumed = 50;
    assertThat(trim(WEEK, 20)).isEqualTo(31);
  }

  @Test
  void aConsumerHoldsBackButOnlyByTheGrace() {
    append(5);
    consumed = 2;
    clock.move(WEEK.plusSeconds(1));
    assertThat(trim(WEEK, MANY)).isEqualTo(3);
    clock.move(TrimJournal.CONSUMER_GRACE);
    assertThat(trim(WEEK, MANY)).isEqualTo(6);
  }

  @Test
  void aConsumerHoldsBackTheSizeByItsBoundOnceMore() {
    append(50);
    consumed = 0;
    assertThat(trim(WEEK, 20)).isEqualTo(11);
  }

  @Test
  void anEmptyJournalIsLeftAlone() {
    assertThat(trim(WEEK, MANY)).isEqualTo(1);
  }
}
