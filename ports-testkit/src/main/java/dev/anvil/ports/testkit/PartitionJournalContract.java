package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.storage.Committed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every partition promises of its journal; on any engine. */
public abstract class PartitionJournalContract extends PartitionFixture {
  private Committed<Object> append(int n, String subject) {
    return partition()
        .write(tx -> {
          for (int i = 0; i < n; i++) {
            long next = tx.nextCursor();
            assertThat(tx.append(Drafts.of("test.event", subject + i))).isEqualTo(next);
            assertThat(tx.cursor()).isEqualTo(next);
          }
          return null;
        });
  }

  private List<JournalEntry> readAll(int pageSize) {
    List<JournalEntry> all = new ArrayList<>();
    long after = partition().head().oldest() - 1;
    while (true) {
      JournalPage page = partition().journal(after, pageSize);
      all.addAll(page.entries());
      after = page.through();
      if (page.through() >= page.head()) {
        return all;
      }
    }
  }

  @Test
  void anEntryComesBackAsItWent() {
    JournalDraft full = Drafts.full("s");
    Committed<Long> c =
        partition()
            .write(tx -> {
              tx.append(Drafts.of("a", ""));
              return tx.append(full);
            });
    JournalPage page = partition().journal(0, 10);
    assertThat(page.head()).isEqualTo(2);
    assertThat(page.through()).isEqualTo(2);
    JournalEntry e = page.entries().get(1);
    assertThat(e.cursor()).isEqualTo(c.value()).isEqualTo(2);
    assertThat(e.commitId()).isEqualTo(c.commitId()).isEqualTo(1);
    assertThat(e.revision()).isEqualTo(c.revision());
    assertThat(e.committedAt()).isEqualTo(c.committedAt());
    assertThat(e.change()).usingRecursiveComparison().isEqualTo(full);
    assertThat(page.entries().getFirst().change().version()).isNull();
  }

  @Test
  void cursorsAreDenseAcrossGroupsAndPagesOfAnySize() throws Exception {
    append(3, "a");
    List<Running<Committed<Object>>> writes;
    try (Held held = holdTheWriter()) {
      writes =
          held.queue(
              7,
              tx -> {
                tx.append(Drafts.of("test.event", "x"));
                tx.append(Drafts.of("test.event", "y"));
                return null;
              });
    }
    List<Long> commits = writes.stream().map(w -> w.get().commitId()).sorted().toList();
    assertThat(commits).containsExactly(4L, 6L, 8L, 10L, 12L, 14L, 16L);
    append(2, "z");
    for (int size : new int[] {1, 2, 3, 5, 1000}) {
      List<JournalEntry> all = readAll(size);
      assertThat(all).hasSize(19);
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).cursor()).isEqualTo(i + 1);
      }
      assertThat(all.get(4).commitId()).isEqualTo(4);
      assertThat(Bytes.text(all.get(18).change().subject())).isEqualTo("z1");
    }
    assertThatThrownBy(() -> partition().journal(0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyLargeEntriesOfOneFunctionSpanBlocks() {
    String big = "b".repeat(100_000);
    append(12, big);
    List<JournalEntry> all = readAll(5);
    assertThat(all).hasSize(12).allMatch(e -> e.commitId() == 1);
    assertThat(Bytes.text(all.get(11).change().subject())).isEqualTo(big + "11");
    reopen();
    append(1, "s");
    assertThat(readAll(100)).hasSize(13);
  }

  @Test
  void aPageAtTheHeadIsEmpty() {
    append(2, "a");
    JournalPage page = partition().journal(2, 5);
    assertThat(page.entries()).isEmpty();
    assertThat(page.through()).isEqualTo(2);
    assertThat(page.head()).isEqualTo(2);
  }

  @Test
  void trimmingDropsWholeBlocksAtOrBeforeTheCursor() {
    append(3, "a");
    append(3, "b");
    append(3, "c");
    assertThat(partition().trimJournal("retain/3", 1, 2)).isFalse();
    assertThat(partition().head().oldest()).isEqualTo(1);
    assertThat(partition().trimJournal("retain/3", 1, 7)).isFalse();
    assertThat(partition().head().oldest()).isEqualTo(7);
    assertThat(readAll(10)).hasSize(3);
    assertThatThrownBy(() -> partition().journal(5, 10))
        .isInstanceOfSatisfying(
            Expired.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Expired.Reason.CURSOR);
              assertThat(e.fields().get("oldest")).isEqualTo(7L);
            });
    assertThat(partition().journal(6, 10).entries()).hasSize(3);
    reopen();
    assertThat(partition().head().oldest()).isEqualTo(7);
    assertThat(partition().trimJournal("retain/3", 1, 1_000)).isFalse();
    assertThat(partition().head().oldest()).isEqualTo(10);
    reopen();
    assertThat(partition().head().cursor()).isEqualTo(9);
    append(1, "d");
    assertThat(readAll(10)).hasSize(1);
    assertThat(partition().head().oldest()).isEqualTo(10);
  }

  @Test
  void trimmingIsBoundedPerCall() {
    for (int i = 0; i < 80; i++) {
      append(1, "a");
    }
    int calls = 1;
    while (partition().trimJournal("retain/3", 1, 75)) {
      calls++;
    }
    assertThat(calls).isGreaterThan(1);
    assertThat(partition().head().oldest()).isEqualTo(76);
    assertThat(readAll(10)).hasSize(5);
  }

  @Test
  void aStaleLeaseTrimsNothing() {
    append(3, "a");
    append(3, "b");
    assertThat(partition().trimJournal("retain/3", 8, 3)).isFalse();
    assertThatThrownBy(() -> partition().trimJournal("retain/3", 7, 6))
        .isInstanceOf(StaleFence.class);
    assertThat(partition().head().oldest()).isEqualTo(4);
    assertThat(partition().trimJournal("other/3", 1, 4)).isFalse();
    reopen();
    assertThatThrownBy(() -> partition().trimJournal("retain/3", 7, 6))
        .isInstanceOf(StaleFence.class);
  }

  @Test
  void awaitsTheHead() throws Exception {
    append(1, "a");
    assertThat(partition().awaitPast(0, 0)).isTrue();
    assertThat(partition().awaitPast(1, 1_000_000)).isFalse();
    Running<Boolean> waits = Running.start(() -> partition().awaitPast(1, 20_000_000_000L));
    Running<Boolean> longer = Running.start(() -> partition().awaitPast(2, 20_000_000_000L));
    append(1, "b");
    assertThat(waits.get()).isTrue();
    assertThat(longer.isDone()).isFalse();
    append(1, "c");
    assertThat(longer.get()).isTrue();
  }

  @Test
  void awaitingIsInterruptible() {
    partition();
    Running<Boolean> waits = Running.start(() -> partition().awaitPast(1, 20_000_000_000L));
    waits.thread().interrupt();
    assertThatThrownBy(waits::get)
        .isInstanceOf(AssertionError.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void functionsMayNotTouchTheJournalsKeys() {
    for (int space : new int[] {1, 2}) {
      assertThatThrownBy(() ->
              partition()
                  .write(tx -> {
                    tx.put(new byte[] {(byte) space, 5}, of("x"));
                    return null;
                  }))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
