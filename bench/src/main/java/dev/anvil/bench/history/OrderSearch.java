package dev.anvil.bench.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The search of Wing and Gong with the memory of Lowe. An operation with an open outcome is taken
 * with its effect or without.
 */
final class OrderSearch {
  private static final long ILLEGAL = -1;
  private static final int MAX_STATES = 1_000_000;

  /** What the search came to. */
  enum Result {
    FOUND,
    NONE,
    /** Too many orders to try; a record that is right is nearly always settled long before. */
    GAVE_UP
  }

  private final List<Operation> operations;
  private final Map<Long, String> versions;
  private final Event first = new Event(-1, false);

  /** A place in the list of calls and returns that are not in the order yet. */
  private static final class Event {
    private final int operation;
    private final boolean call;
    private Event partner;
    private Event before;
    private Event after;

    Event(int operation, boolean call) {
      this.operation = operation;
      this.call = call;
    }

    void unlink() {
      before.after = after;
      if (after != null) {
        after.before = before;
      }
    }

    void relink() {
      before.after = this;
      if (after != null) {
        after.before = this;
      }
    }
  }

  private record Edge(long time, Event event) {}

  /** Free: no other choice than to take it at once needs trying. */
  private record Step(Event call, long stateBefore, int choice, boolean free) {}

  private record Seen(BitSet done, long state) {}

  OrderSearch(List<Operation> operations, Map<Long, String> versions) {
    this.operations = operations;
    this.versions = versions;
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      Event call = new Event(i, true);
      Event back = new Event(i, false);
      call.partner = back;
      back.partner = call;
      edges.add(new Edge(operations.get(i).invoked(), call));
      edges.add(new Edge(operations.get(i).ended(), back));
    }
    // at the same instant a call comes first: the two may have overlapped
    edges.sort(Comparator.comparingLong(Edge::time).thenComparing(e -> !e.event.call));
    Event last = first;
    for (Edge edge : edges) {
      last.after = edge.event;
      edge.event.before = last;
      last = edge.event;
    }
  }

  Result search() {
    Deque<Step> steps = new ArrayDeque<>();
    Set<Seen> seen = new HashSet<>();
    BitSet done = new BitSet(operations.size());
    long state = 0;
    Event at = first.after;
    int choice = 0;
    while (first.after != null) {
      if (seen.size() > MAX_STATES) {
        return Result.GAVE_UP;
      }
      if (at.call) {
        long next = choice > 1 ? ILLEGAL : next(operations.get(at.operation), state, choice);
        if (next != ILLEGAL && fresh(seen, done, at.operation, next)) {
          steps.push(new Step(at, state, choice, free(at)));
          done.set(at.operation);
          at.unlink();
          at.partner.unlink();
          state = next;
          at = first.after;
          choice = 0;
        } else if (choice == 0 && open(at)) {
          choice = 1;
        } else {
          at = at.after;
          choice = 0;
        }
      } else {
        Step undone;
        do {
          if (steps.isEmpty()) {
            return Result.NONE;
          }
          undone = steps.pop();
          at = undone.call;
          state = undone.stateBefore;
          done.clear(at.operation);
          at.partner.relink();
          at.relink();
        } while (undone.free);
        choice = undone.choice + 1;
        if (choice > 1 || !open(at)) {
          at = at.after;
          choice = 0;
        }
      }
    }
    return Result.FOUND;
  }

  private boolean open(Event event) {
    return operations.get(event.operation).outcome() instanceof Outcome.Unknown;
  }

  /**
   * What can never change the state may be taken as soon as it is legal. A delete of an absent key
   * may not: its effect may be needed later.
   */
  private boolean free(Event event) {
    Outcome outcome = operations.get(event.operation).outcome();
    return outcome instanceof Outcome.Saw || outcome instanceof Outcome.Refused;
  }

  private static boolean fresh(Set<Seen> seen, BitSet done, int operation, long state) {
    BitSet then = (BitSet) done.clone();
    then.set(operation);
    return seen.add(new Seen(then, state));
  }

  /** The state after an operation, which is the tag of the content; choice 1 is "no effect". */
  private long next(Operation operation, long state, int choice) {
    return switch (operation.outcome()) {
      case Outcome.Saw(long tag, String _) -> tag == state ? state : ILLEGAL;
      case Outcome.Refused _ -> refused(operation.action(), state);
      case Outcome.Applied _ -> applied(operation.action(), state);
      case Outcome.Unknown _ -> choice == 1 ? state : applied(operation.action(), state);
    };
  }

  private long refused(Action action, long state) {
    return switch (action) {
      case Action.Put(long _, Action.Condition condition) ->
          holds(condition, state) ? ILLEGAL : state;
      case Action.Delete _ -> state == 0 ? state : ILLEGAL;
      case Action.Read _ -> state;
    };
  }

  private long applied(Action action, long state) {
    return switch (action) {
      case Action.Put(long tag, Action.Condition condition) ->
          holds(condition, state) ? tag : ILLEGAL;
      case Action.Delete _ -> 0;
      case Action.Read _ -> state;
    };
  }

  private boolean holds(Action.Condition condition, long state) {
    return switch (condition) {
      case Action.Condition.Any _ -> true;
      case Action.Condition.Absent _ -> state == 0;
      // a content whose version nobody saw is in no version that anybody can have named
      case Action.Condition.Version(String version) -> version.equals(versions.get(state));
    };
  }
}
