package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class WatchLogTest {
  private final List<String> journal = List.of("a", "b", "c", "d");

  @Test
  void acceptsTheJournalItself() {
    assertThat(WatchLog.fault(journal, journal)).isNull();
  }

  @Test
  void findsAPlantedGapWhereverItIs() {
    for (int i = 0; i < journal.size(); i++) {
      List<String> seen = new ArrayList<>(journal);
      seen.remove(i);
      assertThat(WatchLog.fault(journal, seen)).contains("missing").endsWith(journal.get(i));
    }
  }

  @Test
  void findsAPlantedDuplicateWhereverItIs() {
    for (int i = 0; i < journal.size(); i++) {
      for (int to = i + 1; to <= journal.size(); to++) {
        List<String> seen = new ArrayList<>(journal);
        seen.add(to, journal.get(i));
        assertThat(WatchLog.fault(journal, seen)).contains("already");
      }
    }
  }

  @Test
  void findsASwapAndAStranger() {
    assertThat(WatchLog.fault(journal, List.of("b", "a", "c", "d"))).contains("missing");
    assertThat(WatchLog.fault(journal, List.of("a", "x"))).contains("not in the journal");
  }
}
