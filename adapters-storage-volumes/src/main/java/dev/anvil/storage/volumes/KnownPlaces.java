package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Places of bodies that the engine of the index was asked for lately, in slots that bodies share. A
 * place is bound to the count of changes that its slot had before the question; a later change of
 * any body of the slot ends it. Few slots, and many once there are many questions, so that an idle
 * store takes no memory. Any thread.
 */
final class KnownPlaces {
  private static final int FEW = 1 << 6;
  private static final int QUESTIONS_FOR_MANY = 1 << 12;

  /** Counts of the larger table begin beyond all of the first, which a few questions end. */
  private static final int COUNTS_OF_MANY = 1 << 30;

  private final AtomicInteger questions = new AtomicInteger();
  private volatile Table table = new Table(FEW, 0);

  private record Known(BodyId id, BodyPlace place, int changes) {}

  private static final class Table {
    private final AtomicReferenceArray<Known> known;
    private final AtomicIntegerArray changes;

    Table(int slots, int count) {
      known = new AtomicReferenceArray<>(slots);
      changes = new AtomicIntegerArray(slots);
      for (int i = 0; i < slots; i++) {
        changes.setPlain(i, count);
      }
    }

    int slot(BodyId id) {
      long h = (id.high() * 31 + id.low()) * 0x9E3779B97F4A7C15L;
      return (int) (h >>> 40) & known.length() - 1;
    }
  }

  /** To be taken first, before it is asked whether changes lie above the engine. */
  int changes(BodyId id) {
    Table t = table;
    return t.changes.get(t.slot(id));
  }

  /** The place, or null if it is not known. */
  BodyPlace find(BodyId id, int changes) {
    Table t = table;
    Known k = t.known.get(t.slot(id));
    return k != null && k.changes == changes && k.id.equals(id) ? k.place : null;
  }

  /** Keeps what the engine said; only small places, as nothing else bounds their size. */
  void offer(BodyId id, BodyPlace place, int changes) {
    if (place.extents().size() <= 1) {
      Table t = table;
      t.known.set(t.slot(id), new Known(id, place, changes));
    }
    if (questions.incrementAndGet() == QUESTIONS_FOR_MANY) {
      grow();
    }
  }

  private synchronized void grow() {
    table = new Table(VolumeLimits.KNOWN_PLACES, COUNTS_OF_MANY);
  }

  /** A change of the body lies above the engine now. */
  synchronized void changed(BodyId id) {
    Table t = table;
    int slot = t.slot(id);
    t.changes.incrementAndGet(slot);
    t.known.set(slot, null);
  }
}
