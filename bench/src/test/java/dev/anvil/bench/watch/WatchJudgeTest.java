package dev.anvil.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The judge sees a planted gap and a planted duplicate wherever they are. */
@Tag("fast")
class WatchJudgeTest {
  private final List<String> journal = List.of("a", "b", "c", "d");

  @Test
  void acceptsTheJournal() {
    assertThat(WatchJudge.fault(journal, journal)).isNull();
    assertThat(WatchJudge.lost(journal, List.of("a", "c"))).isNull();
  }

  @Test
  void findsGapsDuplicatesAndStrangers() {
    for (int i = 0; i < journal.size(); i++) {
      List<String> gap = new ArrayList<>(journal);
      gap.remove(i);
      assertThat(WatchJudge.fault(journal, gap)).contains("missing").endsWith(journal.get(i));
      for (int to = i + 1; to <= journal.size(); to++) {
        List<String> twice = new ArrayList<>(journal);
        twice.add(to, journal.get(i));
        assertThat(WatchJudge.fault(journal, twice)).contains("duplicate");
      }
    }
    assertThat(WatchJudge.fault(journal, List.of("a", "x"))).contains("never happened");
  }

  @Test
  void findsWhatWasPromisedAndIsNotThere() {
    assertThat(WatchJudge.lost(journal, List.of("a", "x"))).contains("lost: x");
    assertThat(WatchJudge.lost(journal, List.of("c", "b"))).contains("earlier: b");
  }
}
