package dev.anvil.waist;

import dev.anvil.ports.storage.WriteSet.Mutation;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Values of a partition's keys that were read lately, in a fixed number of sets of two places that
 * keys share by their hash. A value is bound to a revision at which it was current, and each set
 * knows the revision that last changed one of its keys: a value serves a reader only if nothing
 * changed the set after either of the two revisions. The writer marks what a group changes before
 * it shows the group to readers, so a value that was read of an older state and arrives late is
 * never believed; what was known and current it carries over to the new revision, a changed key
 * with its new value. Keys that hold nothing have few places of their own: who is about to write
 * one asks twice, and what others read is not driven out for it. One object for each opening of the
 * engine: what is known ends with it. Any thread, but for {@link #changed}.
 */
final class KnownRecords {
  private static final int ENTRY_BYTES = 96;

  /** Places that are emptied for a value when the room is full. */
  private static final int NEIGHBOURS = 8;

  private static final int WAYS = 2;

  /** Places for keys that hold nothing. */
  private static final int ABSENT = 1 << 10;

  private final RecordRoom room;
  private long marked;
  private int misses;

  /** Which place of a set is next to be taken; that threads race for it does no harm. */
  private int turn;

  private volatile Tables tables;
  private volatile boolean ended;

  /** Nothing is known of the state of this revision yet. */
  KnownRecords(RecordRoom room, long revision) {
    this.room = room;
    this.marked = revision;
  }

  /** A key and what it held at a revision and since; nothing changes the arrays. */
  record Known(byte[] key, byte[] value, long revision) {
    /** A copy; null if the key held nothing. */
    byte[] copy() {
      return value == null ? null : value.clone();
    }

    private long bytes() {
      return ENTRY_BYTES + key.length + (value == null ? 0 : value.length);
    }
  }

  /** Keys that hold something, and keys that hold nothing. */
  private record Tables(Table present, Table absent) {
    Table of(byte[] value) {
      return value == null ? absent : present;
    }
  }

  private static final class Table {
    private final AtomicReferenceArray<Known> known;

    /** Of each set. */
    private final AtomicLongArray changedAt;

    Table(int places, long revision) {
      known = new AtomicReferenceArray<>(Math.max(WAYS, places));
      changedAt = new AtomicLongArray(known.length() / WAYS);
      for (int i = 0; i < changedAt.length(); i++) {
        changedAt.setPlain(i, revision);
      }
    }

    int set(byte[] key) {
      int h = Arrays.hashCode(key) * 0x9E3779B9;
      return (h ^ h >>> 16) & changedAt.length() - 1;
    }

    Known find(int set, byte[] key) {
      for (int place = set * WAYS; place < (set + 1) * WAYS; place++) {
        Known k = known.get(place);
        if (k != null && Arrays.equals(k.key, key)) {
          return k;
        }
      }
      return null;
    }

    /** Where the key goes: its own place, an empty one, or whose turn it is. */
    int placeFor(int set, byte[] key, int turn) {
      int empty = -1;
      for (int place = set * WAYS; place < (set + 1) * WAYS; place++) {
        Known k = known.get(place);
        if (k == null) {
          empty = place;
        } else if (Arrays.equals(k.key, key)) {
          return place;
        }
      }
      return empty >= 0 ? empty : set * WAYS + Math.floorMod(turn, WAYS);
    }
  }

  /** What the key holds at the revision, or null if that is not known. */
  Known find(byte[] key, long revision) {
    Tables t = tables;
    if (t == null) {
      return null;
    }
    Known k = find(t.present, key, revision);
    return k == null ? find(t.absent, key, revision) : k;
  }

  private static Known find(Table t, byte[] key, long revision) {
    int set = t.set(key);
    Known k = t.find(set, key);
    return k == null || t.changedAt.get(set) > Math.min(k.revision, revision) ? null : k;
  }

  /** Keeps what the engine has under the key at the revision. */
  void offer(byte[] key, byte[] value, long revision) {
    if (ended || tooLarge(value)) {
      return;
    }
    Tables all = tables == null ? begin() : tables;
    if (all == null) {
      return;
    }
    Table t = all.of(value);
    int set = t.set(key);
    if (t.changedAt.get(set) > revision) {
      return;
    }
    int place = t.placeFor(set, key, turn++);
    Known k = new Known(key.clone(), value == null ? null : value.clone(), revision);
    boolean fits = room.take(k.bytes());
    for (int i = 1; !fits && i <= NEIGHBOURS; i++) {
      forget(t.known.getAndSet(place + i & t.known.length() - 1, null));
      fits = room.take(k.bytes());
    }
    forget(t.known.getAndSet(place, fits ? k : null));
    if (ended) {
      // the end may have passed this place already: nobody else would give its room back
      forget(t.known.getAndSet(place, null));
    }
  }

  private static boolean tooLarge(byte[] value) {
    return value != null && value.length > RecordRoom.MOST_VALUE_BYTES;
  }

  private Tables begin() {
    // a count that several threads may spoil: it only says when it is worth while
    if (++misses < room.readsBefore()) {
      return null;
    }
    synchronized (this) {
      if (tables == null) {
        Table absent = new Table(Math.min(ABSENT, room.places()), marked);
        tables = new Tables(new Table(room.places(), marked), absent);
      }
      return tables;
    }
  }

  /** Marks what makes the revision of the last one; before readers see it. One thread. */
  synchronized void changed(List<Mutation> mutations, long revision) {
    marked = revision;
    Tables t = tables;
    if (t == null) {
      return;
    }
    for (Mutation m : mutations) {
      changed(t.present, m, revision);
      changed(t.absent, m, revision);
    }
  }

  private void changed(Table t, Mutation m, long revision) {
    int set = t.set(m.key());
    long before = t.changedAt.getPlain(set);
    t.changedAt.set(set, revision);
    for (int place = set * WAYS; place < (set + 1) * WAYS; place++) {
      Known k = t.known.get(place);
      if (k != null) {
        replace(t, place, k, after(k, m, before, revision));
      }
    }
  }

  /** What is known once the change is made; null if nothing is. */
  private static Known after(Known k, Mutation m, long before, long revision) {
    if (Arrays.equals(k.key, m.key())) {
      if (m.isDelete() || k.value == null) {
        return null;
      }
      byte[] value = RecordCheck.open(m.key(), m.value());
      return tooLarge(value) ? null : new Known(k.key, value, revision);
    }
    if (k.revision == revision) {
      return k;
    }
    return k.revision < before ? null : new Known(k.key, k.value, revision);
  }

  private void replace(Table t, int place, Known was, Known now) {
    if (was == now) {
      return;
    }
    Known then = now != null && room.take(now.bytes() - was.bytes()) ? now : null;
    if (t.known.compareAndSet(place, was, then)) {
      if (then == null) {
        forget(was);
      }
    } else if (then != null) {
      // a reader took the place; what it brought is of an older state
      room.take(was.bytes() - then.bytes());
    }
  }

  /** Gives the room back; who reads on takes none. */
  synchronized void end() {
    ended = true;
    Tables t = tables;
    if (t != null) {
      end(t.present);
      end(t.absent);
    }
  }

  private void end(Table t) {
    for (int i = 0; i < t.known.length(); i++) {
      forget(t.known.getAndSet(i, null));
    }
  }

  private void forget(Known k) {
    if (k != null) {
      room.take(-k.bytes());
    }
  }
}
