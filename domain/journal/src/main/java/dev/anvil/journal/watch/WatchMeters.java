package dev.anvil.journal.watch;

import dev.anvil.ports.metrics.Meters;

/** What is counted of watches. */
final class WatchMeters {
  private final Meters.Counter wakeups;
  private final Meters.Counter events;
  private final Meters.Counter reads;

  WatchMeters(Meters meters) {
    wakeups =
        meters.counter(
            "anvil_watch_wakeups_total",
            "Times a waiting watch woke, for an event or for its heartbeat",
            "reason");
    events = meters.counter("anvil_watch_events_total", "Events handed to watches");
    reads =
        meters.counter(
            "anvil_watch_journal_reads_total",
            "Journal pages read for watches: by the tail all share, or by one that is behind",
            "reader");
  }

  Meters.Counter reads() {
    return reads;
  }

  void woken(boolean byEvent) {
    wakeups.add(1, byEvent ? "event" : "heartbeat");
  }

  void delivered(int count) {
    if (count > 0) {
      events.add(count);
    }
  }
}
