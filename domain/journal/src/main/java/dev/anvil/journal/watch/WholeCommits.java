package dev.anvil.journal.watch;

import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.storage.Partition;
import java.util.ArrayList;
import java.util.List;

/** Journal pages that never end inside a commit. */
final class WholeCommits {
  private WholeCommits() {}

  /**
   * Entries after the cursor, about so many: fewer to end with a commit, more if the first commit
   * alone has more.
   *
   * @throws dev.anvil.ports.failure.Expired CursorExpired, with bare positions
   */
  static JournalPage read(Partition partition, long after, int limit) {
    JournalPage page = partition.journal(after, limit);
    if (page.entries().isEmpty() || page.through() == page.head()) {
      return page;
    }
    // the head ends a commit, a page before it need not
    List<JournalEntry> entries = page.entries();
    long last = entries.getLast().commitId();
    int end = entries.size();
    while (end > 0 && entries.get(end - 1).commitId() == last) {
      end--;
    }
    if (end > 0) {
      List<JournalEntry> whole = entries.subList(0, end);
      return new JournalPage(List.copyOf(whole), whole.getLast().cursor(), page.head());
    }
    return rest(partition, page, limit);
  }

  private static JournalPage rest(Partition partition, JournalPage first, int limit) {
    List<JournalEntry> all = new ArrayList<>(first.entries());
    long commit = all.getLast().commitId();
    JournalPage page = first;
    while (page.through() < page.head()) {
      page = partition.journal(page.through(), limit);
      for (JournalEntry entry : page.entries()) {
        if (entry.commitId() != commit) {
          return new JournalPage(List.copyOf(all), all.getLast().cursor(), page.head());
        }
        all.add(entry);
      }
    }
    return new JournalPage(List.copyOf(all), all.getLast().cursor(), page.head());
  }
}
