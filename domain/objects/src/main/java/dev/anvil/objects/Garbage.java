package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.List;

/**
 * What commits leave for the sweep to drop, so that a delete costs the same whatever it deletes.
 * Keys ascend in commit order: cursor, kind, number within the commit.
 */
public sealed interface Garbage {
  /** Bodies without references, to be freed. */
  record Dead(List<BodyId> bodies) implements Garbage {}

  /** References to bodies, to be dropped, one for each time a body is named. */
  record References(List<BodyId> bodies) implements Garbage {}

  /** A part list with its references. */
  record PartList(long listId) implements Garbage {}

  /** Keys of this subject under a prefix that hold nothing but themselves. */
  record Keys(byte[] prefix) implements Garbage {}

  /** What a {@link Leftovers} of this kind knows how to drop; kinds 16 to 255. */
  record Other(int kind, byte[] value) implements Garbage {}

  /** Smallest kind of {@link Other}. */
  int FIRST_OTHER = 16;

  /** Kind of {@link Dead}. */
  int DEAD = 1;

  /** Most bodies in one record. */
  int MAX_BODIES = 500;

  /** Leaves it under the cursor of the entry about to be appended, or just appended. */
  static void leave(WriteTx tx, long cursor, int number, Garbage garbage) {
    tx.put(key(cursor, garbage.code(), number), garbage.encode());
  }

  /**
   * Leaves bodies for all functions of the group together, under its first cursor. A read begins at
   * the end of a group, so it wants either nothing or everything that a group leaves. A read, and
   * one more for each record that is full already.
   */
  static void leaveDead(WriteTx tx, List<BodyId> bodies) {
    int left = 0;
    for (int number = 0; left < bodies.size(); number++) {
      byte[] key = key(tx.firstCursor(), DEAD, number);
      byte[] value = tx.get(key);
      List<BodyId> all = new ArrayList<>();
      if (value != null && decode(DEAD, value) instanceof Dead d) {
        all.addAll(d.bodies());
      }
      int to = Math.min(bodies.size(), left + MAX_BODIES - all.size());
      if (to > left) {
        all.addAll(bodies.subList(left, to));
        tx.put(key, new Dead(all).encode());
        left = to;
      }
    }
  }

  /** Leaves it under a cursor that may have such garbage already. One scan. */
  static void leaveMore(WriteTx tx, long cursor, Garbage garbage) {
    byte[] kind = new KeyWriter(KeySpace.GARBAGE).u64(cursor).u8(garbage.code()).toBytes();
    int number = 0;
    try (EntryCursor c = tx.scan(KeyRange.prefix(kind), Order.DESCENDING)) {
      if (c.next()) {
        KeyReader r = new KeyReader(c.key(), KeySpace.GARBAGE);
        r.u64();
        r.u8();
        number = r.u32() + 1;
      }
    }
    leave(tx, cursor, number, garbage);
  }

  /** All garbage of a partition. */
  static byte[] everything() {
    return new KeyWriter(KeySpace.GARBAGE).toBytes();
  }

  /** The garbage of a partition that lies under the cursor or a later one. */
  static KeyRange from(long cursor) {
    KeyRange all = KeyRange.prefix(everything());
    return new KeyRange(new KeyWriter(KeySpace.GARBAGE).u64(cursor).toBytes(), all.to());
  }

  /** Key of a record. */
  static byte[] key(long cursor, int kind, int number) {
    return new KeyWriter(KeySpace.GARBAGE).u64(cursor).u8(kind).u32(number).toBytes();
  }

  /** Cursor in a key. */
  static long cursor(byte[] key) {
    return new KeyReader(key, KeySpace.GARBAGE).u64();
  }

  /** Kind in a key. */
  static int kind(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.GARBAGE);
    r.u64();
    return r.u8();
  }

  /** Number of the kind in keys. */
  default int code() {
    return switch (this) {
      case Dead d -> DEAD;
      case References s -> 2;
      case PartList l -> 3;
      case Keys k -> 4;
      case Other o -> o.kind();
    };
  }

  /** As it is stored. */
  default byte[] encode() {
    RecordWriter w = new RecordWriter(1);
    switch (this) {
      case Dead d -> writeBodies(w, d.bodies());
      case References s -> writeBodies(w, s.bodies());
      case PartList l -> w.varint(l.listId());
      case Keys k -> w.blob(k.prefix());
      case Other o -> w.blob(o.value());
    }
    return w.toBytes();
  }

  /** The reverse of {@link #encode}. */
  static Garbage decode(int kind, byte[] value) {
    RecordReader r = new RecordReader(value, "garbage record", 1);
    return switch (kind) {
      case DEAD -> new Dead(readBodies(r));
      case 2 -> new References(readBodies(r));
      case 3 -> new PartList(r.varint());
      case 4 -> new Keys(BucketCodec.required(r.blob(), "prefix"));
      default -> {
        if (kind < FIRST_OTHER) {
          throw new Corrupt("garbage of kind " + kind + " is not known");
        }
        yield new Other(kind, BucketCodec.required(r.blob(), "value"));
      }
    };
  }

  private static void writeBodies(RecordWriter w, List<BodyId> bodies) {
    w.varint(bodies.size());
    bodies.forEach(b -> w.i64(b.high()).i64(b.low()));
  }

  private static List<BodyId> readBodies(RecordReader r) {
    int n = r.count(MAX_BODIES);
    List<BodyId> bodies = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      bodies.add(new BodyId(r.i64(), r.i64()));
    }
    return bodies;
  }
}
