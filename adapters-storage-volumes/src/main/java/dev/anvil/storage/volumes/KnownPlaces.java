package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Places of bodies that the engine of the index was asked for lately, in sets of two slots that
 * bodies share. A place is bound to the count of changes that its set had before the question; a
 * later change of the body ends it, one of another body of the set carries it over to the new
 * count. Few slots, and many once there are many questions, so that an idle store takes no memory.
 * Any thread.
 */
final class KnownPlaces {
  private static final int FEW = 1 << 6;
  private static final int QUESTIONS_FOR_MANY = 1 << 12;

  /** Counts of the larger table begin beyond all of the first, which a few questions end. */
  private static final int COUNTS_OF_MANY = 1 << 30;

  private static final int WAYS = 2;

  private final AtomicInteger questions = new AtomicInteger();
  private volatile Table table = new Table(FEW, 0);

  /** A body that lies in one piece, in as few bytes as may be. */
  private record Known(
      long high,
      long low,
      long size,
      int volume,
      long position,
      long offset,
      long length,
      int changes) {
    static Known of(BodyId id, BodyPlace place, int changes) {
      Extent e = place.extents().getFirst();
      return new Known(
          id.high(),
          id.low(),
          place.size(),
          e.volume(),
          e.position(),
          e.offset(),
          e.length(),
          changes);
    }

    boolean is(BodyId id) {
      return low == id.low() && high == id.high();
    }

    BodyPlace place() {
      return new BodyPlace(size, List.of(new Extent(volume, position, offset, length)));
    }

    Known at(int changes) {
      return new Known(high, low, size, volume, position, offset, length, changes);
    }
  }

  private static final class Table {
    private final AtomicReferenceArray<Known> known;

    /** Of each set. */
    private final AtomicIntegerArray changes;

    Table(int slots, int count) {
      known = new AtomicReferenceArray<>(slots);
      changes = new AtomicIntegerArray(slots / WAYS);
      for (int i = 0; i < changes.length(); i++) {
        changes.setPlain(i, count);
      }
    }

    int set(BodyId id) {
      long h = (id.high() * 31 + id.low()) * 0x9E3779B97F4A7C15L;
      return (int) (h >>> 40) & changes.length() - 1;
    }

    /** Where the body goes: its own slot, one that holds nothing of use, or whose turn it is. */
    int slotFor(int set, BodyId id, int turn) {
      int empty = -1;
      for (int slot = set * WAYS; slot < (set + 1) * WAYS; slot++) {
        Known k = known.get(slot);
        if (k == null || k.changes != changes.get(set)) {
          empty = slot;
        } else if (k.is(id)) {
          return slot;
        }
      }
      return empty >= 0 ? empty : set * WAYS + Math.floorMod(turn, WAYS);
    }
  }

  /** To be taken first, before it is asked whether changes lie above the engine. */
  int changes(BodyId id) {
    Table t = table;
    return t.changes.get(t.set(id));
  }

  /** The place, or null if it is not known. */
  BodyPlace find(BodyId id, int changes) {
    Table t = table;
    int set = t.set(id);
    for (int slot = set * WAYS; slot < (set + 1) * WAYS; slot++) {
      Known k = t.known.get(slot);
      if (k != null && k.changes == changes && k.is(id)) {
        return k.place();
      }
    }
    return null;
  }

  /** Keeps what the engine said, of bodies in one piece: a kept place is 72 bytes. */
  void offer(BodyId id, BodyPlace place, int changes) {
    int asked = questions.incrementAndGet();
    if (place.extents().size() == 1) {
      Table t = table;
      t.known.set(t.slotFor(t.set(id), id, asked), Known.of(id, place, changes));
    }
    if (asked == QUESTIONS_FOR_MANY) {
      grow();
    }
  }

  private synchronized void grow() {
    table = new Table(VolumeLimits.KNOWN_PLACES, COUNTS_OF_MANY);
  }

  /** A change of the body lies above the engine now. */
  synchronized void changed(BodyId id) {
    Table t = table;
    int set = t.set(id);
    int now = t.changes.incrementAndGet(set);
    for (int slot = set * WAYS; slot < (set + 1) * WAYS; slot++) {
      Known k = t.known.get(slot);
      if (k != null) {
        boolean stays = k.changes == now - 1 && !k.is(id);
        t.known.compareAndSet(slot, k, stays ? k.at(now) : null);
      }
    }
  }
}
