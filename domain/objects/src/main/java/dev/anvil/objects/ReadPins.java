package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.Partition;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Keeps bodies that are being read from the sweep, on the node that owns them.
 *
 * <p>A read first takes an {@link Opening} at the durable head, then a snapshot, then pins what it
 * found, then closes the opening. The sweep touches only garbage made at or before the oldest
 * opening, and nothing that is pinned; so what a snapshot showed can always be opened, however far
 * the version's removal has got meanwhile.
 */
public final class ReadPins {
  private final Map<Integer, TreeMap<Long, Integer>> openings = new ConcurrentHashMap<>();
  private final Map<Integer, LongSupplier> others = new ConcurrentHashMap<>();
  private final Map<Object, Integer> pinned = new ConcurrentHashMap<>();

  private record ListKey(int partition, long listId) {}

  /** A read between its start and its pins. */
  interface Opening extends AutoCloseable {
    @Override
    void close();
  }

  /** Starts a read; nothing deleted from now on is swept until the opening is closed. */
  Opening open(Partition partition) {
    TreeMap<Long, Integer> cursors =
        openings.computeIfAbsent(partition.id().number(), p -> new TreeMap<>());
    long cursor = partition.head().cursor();
    synchronized (cursors) {
      cursors.merge(cursor, 1, Integer::sum);
    }
    return () -> {
      synchronized (cursors) {
        cursors.merge(cursor, -1, (a, b) -> a + b == 0 ? null : a + b);
      }
    };
  }

  /** Garbage made after this cursor may be about to be read. */
  long sweepableThrough(int partition) {
    LongSupplier other = others.get(partition);
    long held = other == null ? Long.MAX_VALUE : other.getAsLong();
    return Math.min(held, openedThrough(partition));
  }

  /** Garbage made after the cursor that the supplier tells is not swept either. */
  public void holdAfter(int partition, LongSupplier cursor) {
    others.put(partition, cursor);
  }

  private long openedThrough(int partition) {
    TreeMap<Long, Integer> cursors = openings.get(partition);
    if (cursors == null) {
      return Long.MAX_VALUE;
    }
    synchronized (cursors) {
      return cursors.isEmpty() ? Long.MAX_VALUE : cursors.firstKey();
    }
  }

  /** Keeps the bytes of a version until {@link #unpin}. */
  void pin(int partition, VersionBody body) {
    change(partition, body, 1);
  }

  /** Lets them go. */
  void unpin(int partition, VersionBody body) {
    change(partition, body, -1);
  }

  boolean isPinned(BodyId body) {
    return pinned.containsKey(body);
  }

  boolean isListPinned(int partition, long listId) {
    return pinned.containsKey(new ListKey(partition, listId));
  }

  private void change(int partition, VersionBody body, int by) {
    switch (body) {
      case VersionBody.Empty e -> {}
      case VersionBody.Inline i -> {}
      case VersionBody.Slices s -> s.slices().forEach(x -> add(x.body(), by));
      case VersionBody.Listed l -> add(new ListKey(partition, l.listId()), by);
    }
  }

  private void add(Object key, int by) {
    pinned.merge(key, by, (a, b) -> a + b == 0 ? null : a + b);
  }
}
