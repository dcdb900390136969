package dev.anvil.ports.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what a watcher saw with what the journal holds: same entries, same order, once each. */
public final class WatchLog {
  private WatchLog() {}

  /**
   * The first thing that is wrong, or null.
   *
   * @param journal unique names of the entries the watcher must see, in order
   * @param seen names as they came
   */
  public static String fault(List<String> journal, List<String> seen) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < journal.size(); i++) {
      if (places.put(journal.get(i), i) != null) {
        throw new IllegalArgumentException("the journal names " + journal.get(i) + " twice");
      }
    }
    int next = 0;
    for (int at = 0; at < seen.size(); at++) {
      Integer place = places.get(seen.get(at));
      if (place == null) {
        return "event " + at + " is not in the journal: " + seen.get(at);
      }
      if (place < next) {
        return "event " + at + " came before already, or too late: " + seen.get(at);
      }
      if (place > next) {
        return "before event " + at + " " + (place - next) + " are missing: " + journal.get(next);
      }
      next++;
    }
    return next == journal.size()
        ? null
        : "after the last event " + (journal.size() - next) + " are missing: " + journal.get(next);
  }
}
