package dev.anvil.waist;

import dev.anvil.ports.storage.WriteSet.Mutation;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Values of a partition's keys that were read lately, one for each of a fixed number of places that
 * keys share by their hash. A value is bound to the revision it was read at, and each place knows
 * the revision that last changed one of its keys: a value serves a reader only if nothing changed
 * the place after either of the two revisions. The writer marks what a group changes before it
 * shows the group to readers, so a value that was read of an older state and arrives late is never
 * believed. One object for each opening of the engine: what is known ends with it. Any thread, but
 * for {@link #changed}.
 */
final class KnownRecords {
  private static final int ENTRY_BYTES = 96;

  /** Places that are emptied for a value when the room is full. */
  private static final int NEIGHBOURS = 8;

  private final RecordRoom room;
  private long marked;
  private int misses;
  private volatile Table table;
  private volatile boolean ended;

  /** Nothing is known of the state of this revision yet. */
  KnownRecords(RecordRoom room, long revision) {
    this.room = room;
    this.marked = revision;
  }

  /** A key and what it held at a revision; nothing changes the arrays. */
  record Known(byte[] key, byte[] value, long revision) {
    /** A copy; null if the key held nothing. */
    byte[] copy() {
      return value == null ? null : value.clone();
    }

    private long bytes() {
      return ENTRY_BYTES + key.length + (value == null ? 0 : value.length);
    }
  }

  private static final class Table {
    private final AtomicReferenceArray<Known> known;
    private final AtomicLongArray changedAt;

    Table(int places, long revision) {
      known = new AtomicReferenceArray<>(places);
      changedAt = new AtomicLongArray(places);
      for (int i = 0; i < places; i++) {
        changedAt.setPlain(i, revision);
      }
    }

    int place(byte[] key) {
      int h = Arrays.hashCode(key) * 0x9E3779B9;
      return (h ^ h >>> 16) & known.length() - 1;
    }
  }

  /** What the key holds at the revision, or null if that is not known. */
  Known find(byte[] key, long revision) {
    Table t = table;
    if (t == null) {
      return null;
    }
    int place = t.place(key);
    Known k = t.known.get(place);
    if (k == null || t.changedAt.get(place) > Math.min(k.revision, revision)) {
      return null;
    }
    return Arrays.equals(k.key, key) ? k : null;
  }

  /** Keeps what the engine has under the key at the revision. */
  void offer(byte[] key, byte[] value, long revision) {
    if (ended || value != null && value.length > RecordRoom.MOST_VALUE_BYTES) {
      return;
    }
    Table t = table == null ? begin() : table;
    if (t == null) {
      return;
    }
    int place = t.place(key);
    if (t.changedAt.get(place) > revision) {
      return;
    }
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

  private Table begin() {
    // a count that several threads may spoil: it only says when it is worth while
    if (++misses < room.readsBefore()) {
      return null;
    }
    synchronized (this) {
      if (table == null) {
        table = new Table(room.places(), marked);
      }
      return table;
    }
  }

  /** Marks what makes the revision of the last one; before readers see it. One thread. */
  synchronized void changed(List<Mutation> mutations, long revision) {
    marked = revision;
    Table t = table;
    if (t == null) {
      return;
    }
    for (Mutation m : mutations) {
      int place = t.place(m.key());
      t.changedAt.set(place, revision);
      if (t.known.getPlain(place) != null) {
        forget(t.known.getAndSet(place, null));
      }
    }
  }

  /** Gives the room back; who reads on takes none. */
  synchronized void end() {
    ended = true;
    Table t = table;
    for (int i = 0; t != null && i < t.known.length(); i++) {
      forget(t.known.getAndSet(i, null));
    }
  }

  private void forget(Known k) {
    if (k != null) {
      room.take(-k.bytes());
    }
  }
}
