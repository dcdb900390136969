package dev.anvil.journal.watch;

import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Expired;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An open watch. One thread asks it for the next delivery, again and again; between two calls it
 * costs nothing that grows. Every call decides anew what the caller may see.
 */
public final class Watch implements AutoCloseable {
  /** What every watch of a node works with. */
  record Parts(EventRules rules, CursorTexts texts, Ticker ticker, WatchMeters meters) {}

  /** Who watches, and the decision that he still may. */
  record Watcher(Supplier<Call> calls, Consumer<Call> admission) {}

  private final Parts parts;
  private final Watcher watcher;
  private final WatchScope scope;
  private final byte[] head;
  private final List<Lane> lanes;
  private final Wakeup wakeup;
  private final Runnable onClose;
  private int turn;
  private String ended;
  private volatile boolean closed;

  Watch(
      Parts parts,
      Watcher watcher,
      WatchScope scope,
      List<Lane> lanes,
      Wakeup wakeup,
      Runnable onClose) {
    this.parts = parts;
    this.watcher = watcher;
    this.scope = scope;
    this.head = parts.texts().head(scope);
    this.lanes = lanes;
    this.wakeup = wakeup;
    this.onClose = onClose;
  }

  /**
   * Waits for changes that the caller may see, at most so long, and hands over whole commits; with
   * none a heartbeat, which also tells how far nothing was for the caller. Blocks.
   *
   * @param patience zero looks once
   * @param limit events after which no further commit is begun, 1 to {@link WatchLimits#MAX_EVENTS}
   * @throws Expired CursorExpired if retention took what comes next; its fields are cursors: {@code
   *     oldest} goes on with the oldest change kept, {@code relist} is the place to list at
   * @throws dev.anvil.ports.failure.Denied and the other refusals, once the caller may not watch
   * @throws Unavailable if the node stops or the journal cannot be read; resume elsewhere or later
   */
  public Delivery next(Duration patience, int limit) throws InterruptedException {
    long deadline = parts.ticker().nanos() + patience.toNanos();
    while (true) {
      if (closed) {
        throw new Unavailable(
            Unavailable.Reason.UNAVAILABLE, "the server is stopping; resume after the last cursor");
      }
      List<WatchEvent> events = look(limit);
      long left = deadline - parts.ticker().nanos();
      if (!events.isEmpty() || ended != null || left <= 0) {
        parts.meters().delivered(events.size());
        return delivery(events);
      }
      if (lanes.stream().noneMatch(Lane::behind)) {
        parts.meters().woken(wakeup.await(left));
      }
    }
  }

  private List<WatchEvent> look(int limit) {
    List<WatchEvent> events = new ArrayList<>();
    Call call = watcher.calls().get();
    watcher.admission().accept(call);
    turn++;
    for (int i = 0; i < lanes.size() && ended == null; i++) {
      Lane lane = lanes.get(Math.floorMod(turn + i, lanes.size()));
      try {
        look(lane, call, limit, events);
      } catch (Expired e) {
        if (events.isEmpty()) {
          throw expired(parts.texts(), scope, head, lanes);
        }
        return events;
      }
    }
    return events;
  }

  private void look(Lane lane, Call call, int limit, List<WatchEvent> events) {
    List<JournalEntry> page = lane.next();
    int at = 0;
    while (at < page.size() && ended == null) {
      int end = at + 1;
      while (end < page.size() && page.get(end).commitId() == page.get(at).commitId()) {
        end++;
      }
      List<JournalEntry> commit = page.subList(at, end);
      if (!events.isEmpty()
          && events.size() + commit.size() > limit
          && events.size() + count(lane, call, commit) > limit) {
        return;
      }
      for (JournalEntry entry : commit) {
        take(lane, call, entry, events);
      }
      at = end;
    }
  }

  private int count(Lane lane, Call call, List<JournalEntry> commit) {
    int count = 0;
    for (JournalEntry entry : commit) {
      count += seen(lane, call, entry) == null ? 0 : 1;
    }
    return count;
  }

  private EventRules.Seen seen(Lane lane, Call call, JournalEntry entry) {
    boolean asked =
        lane.ofTenant() || EventRules.inBucket(scope, lane.space().id(), entry.change());
    return asked ? parts.rules().seen(call, scope, lane.partition().id(), entry) : null;
  }

  private void take(Lane lane, Call call, JournalEntry entry, List<WatchEvent> events) {
    if (!lane.ofTenant() && EventRules.endsNamesake(scope, lane.space().id(), entry.change())) {
      throw new Expired(Expired.Reason.CURSOR, "the bucket was deleted and created anew");
    }
    EventRules.Seen seen = seen(lane, call, entry);
    lane.pass(entry);
    if (seen != null) {
      events.add(event(lane, entry, seen));
    }
    if (!lane.ofTenant() && EventRules.ends(lane.space().id(), entry.change())) {
      ended = Delivery.BUCKET_DELETED;
    }
  }

  private WatchEvent event(Lane lane, JournalEntry entry, EventRules.Seen seen) {
    var change = entry.change();
    return new WatchEvent(
        place(),
        parts.texts().commit(lane.partition().id().number(), entry.commitId()),
        entry.committedAt(),
        change.kind(),
        seen.bucket(),
        seen.subject(),
        change.version(),
        change.payload(),
        change.actor(),
        change.requestId(),
        change.idempotencyHash(),
        change.authzRevision());
  }

  private Delivery delivery(List<WatchEvent> events) {
    Duration lag = Duration.ZERO;
    for (Lane lane : lanes) {
      Duration one = lane.lag();
      lag = one.compareTo(lag) > 0 ? one : lag;
    }
    // read before the place, so that the place is never beyond it
    long[] heads = new long[lanes.size()];
    Arrays.setAll(heads, i -> lanes.get(i).partition().head().cursor());
    return new Delivery(events, place(), text(parts.texts(), head, lanes, heads), lag, ended);
  }

  private String place() {
    long[] positions = new long[lanes.size()];
    Arrays.setAll(positions, i -> lanes.get(i).position());
    return text(parts.texts(), head, lanes, positions);
  }

  private static String text(CursorTexts texts, byte[] head, List<Lane> lanes, long... positions) {
    Lane first = lanes.getFirst();
    return first.ofTenant()
        ? texts.text(head, positions)
        : texts.text(head, first.partition().id().number(), positions[0]);
  }

  /** The answer to a cursor whose place is no longer kept. */
  static Expired expired(CursorTexts texts, WatchScope scope, byte[] head, List<Lane> lanes) {
    long[] oldest = new long[lanes.size()];
    long[] newest = new long[lanes.size()];
    for (int i = 0; i < oldest.length; i++) {
      PartitionHead state = lanes.get(i).partition().head();
      oldest[i] = Math.max(state.oldest() - 1, Math.min(lanes.get(i).position(), state.cursor()));
      newest[i] = state.cursor();
    }
    return new Expired(
        Expired.Reason.CURSOR,
        "changes after this cursor are no longer kept: list "
            + (scope.bucket() == null ? "what you mirror" : "bucket '" + scope.bucket() + "'")
            + " again and watch after the cursor of the list; 'relist' is the newest place now, and"
            + " 'oldest' goes on with the oldest change kept",
        Map.of(
            "oldest", text(texts, head, lanes, oldest),
            "relist", text(texts, head, lanes, newest)));
  }

  /** Entries the lane on this partition has not passed; 0 if it has none. */
  long lagEntries(int partition) {
    for (Lane lane : lanes) {
      if (lane.partition().id().number() == partition) {
        return lane.lagEntries();
      }
    }
    return 0;
  }

  /** Whoever waits in {@link #next} stops waiting. Any thread. */
  void stop() {
    closed = true;
    wakeup.call();
  }

  @Override
  public void close() {
    closed = true;
    lanes.forEach(Lane::leave);
    onClose.run();
  }
}
