package dev.anvil.bench.crash;

import dev.anvil.bench.history.Action;
import dev.anvil.bench.history.Operation;
import dev.anvil.bench.history.Outcome;
import dev.anvil.bench.history.StreamJudge.Batch;
import dev.anvil.bench.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the clients saw, kept outside of the server. Safe for many threads. */
final class Ledger {
  /** A change whose outcome is open, with the request that may be repeated. */
  sealed interface Attempt {
    Request request();

    long invoked();
  }

  /** Of one register. */
  record Write(Place place, int client, long invoked, Action action, Request request)
      implements Attempt {}

  /** Of one stream. */
  record Append(String stream, long invoked, List<Long> tags, Request request) implements Attempt {}

  /** Kinds of registers. */
  enum Kind {
    /** A key of the bucket that keeps one version. */
    PLAIN,
    /** A key of the bucket that keeps every version. */
    VERSIONED,
    /** A manifest. */
    MANIFEST
  }

  /** One register. */
  record Place(Kind kind, String name) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : name.compareTo(other.name);
    }
  }

  private final Map<Place, List<Operation>> registers = new TreeMap<>();
  private final Map<String, List<Batch>> streams = new TreeMap<>();
  private final List<Attempt> open = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private long acknowledged;

  /** A finished operation. */
  synchronized void note(Place place, Operation operation) {
    registers.computeIfAbsent(place, _ -> new ArrayList<>()).add(operation);
    acknowledged += operation.outcome() instanceof Outcome.Applied ? 1 : 0;
  }

  /** A finished batch, acknowledged at that number, or open with number 0. */
  synchronized void note(String stream, Batch batch) {
    streams.computeIfAbsent(stream, _ -> new ArrayList<>()).add(batch);
    acknowledged += batch.first() > 0 ? 1 : 0;
  }

  /** A change that got no clear answer. */
  synchronized void open(Attempt attempt) {
    open.add(attempt);
  }

  /** Something that must never be answered. */
  synchronized void fault(String what) {
    faults.add(what);
  }

  /** Takes the open changes out. */
  synchronized List<Attempt> takeOpen() {
    List<Attempt> taken = List.copyOf(open);
    open.clear();
    return taken;
  }

  synchronized Map<Place, List<Operation>> registers() {
    Map<Place, List<Operation>> copy = new TreeMap<>();
    registers.forEach((place, list) -> copy.put(place, List.copyOf(list)));
    return copy;
  }

  synchronized Map<String, List<Batch>> streams() {
    Map<String, List<Batch>> copy = new TreeMap<>();
    streams.forEach((stream, list) -> copy.put(stream, List.copyOf(list)));
    return copy;
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized long acknowledged() {
    return acknowledged;
  }
}
