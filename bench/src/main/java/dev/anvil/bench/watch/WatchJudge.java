package dev.anvil.bench.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with what a watcher saw, or with what a writer was promised. */
final class WatchJudge {
  private WatchJudge() {}

  /**
   * The first fault of a log, or null.
   *
   * @param journal unique names in order
   * @param seen what came, in the order it came
   */
  static String fault(List<String> journal, List<String> seen) {
    Map<String, Integer> places = places(journal);
    int next = 0;
    for (int at = 0; at < seen.size(); at++) {
      int place = places.getOrDefault(seen.get(at), -1);
      if (place < 0) {
        return "event " + at + " never happened: " + seen.get(at);
      }
      if (place < next) {
        return "event " + at + " is a duplicate or out of order: " + seen.get(at);
      }
      if (place > next) {
        return (place - next) + " missing before event " + at + ", first " + journal.get(next);
      }
      next++;
    }
    return next == journal.size()
        ? null
        : (journal.size() - next) + " missing at the end, first " + journal.get(next);
  }

  /** The first acknowledged change of one writer that is not there, in its order; or null. */
  static String lost(List<String> journal, List<String> acknowledged) {
    Map<String, Integer> places = places(journal);
    int last = -1;
    for (String version : acknowledged) {
      int place = places.getOrDefault(version, -1);
      if (place < 0) {
        return "acknowledged and lost: " + version;
      }
      if (place < last) {
        return "acknowledged later, committed earlier: " + version;
      }
      last = place;
    }
    return null;
  }

  private static Map<String, Integer> places(List<String> journal) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < journal.size(); i++) {
      places.put(journal.get(i), i);
    }
    return places;
  }
}
