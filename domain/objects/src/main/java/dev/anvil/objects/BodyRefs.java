package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.WriteTx;

/**
 * Counts references to stored bodies, one a slice that names the body. A body with one reference
 * has no record, so that bodies which are never shared cost nothing. A part list is counted as a
 * whole, under its own number: a copy of a version of 10,000 parts adds one reference.
 */
public final class BodyRefs {
  private BodyRefs() {}

  /** Adds references to a body that has at least one. One read. */
  public static void add(WriteTx tx, BodyId body, int references) {
    put(tx, body, count(tx, body) + references);
  }

  /**
   * Drops references. One read.
   *
   * @return whether none is left: the body is dead and must be freed
   */
  public static boolean drop(WriteTx tx, BodyId body, int references) {
    long count = count(tx, body);
    long left = count - references;
    if (left < 0) {
      throw new Corrupt("body " + body + " has fewer references than are dropped");
    }
    if (count > 1) {
      put(tx, body, left);
    }
    return left == 0;
  }

  /** Adds a reference to a part list that has at least one. One read. */
  public static void addList(WriteTx tx, long listId) {
    put(tx, key(listId), count(tx, key(listId), "part list " + listId) + 1);
  }

  /**
   * Drops a reference to a part list unless it is the last one. One read.
   *
   * @return whether it was the last one: the list itself and its references must be dropped
   */
  public static boolean dropList(WriteTx tx, long listId) {
    long count = count(tx, key(listId), "part list " + listId);
    if (count > 1) {
      put(tx, key(listId), count - 1);
    }
    return count == 1;
  }

  /** What a stored count says. */
  static long stored(byte[] value) {
    return new RecordReader(value, "references", 1).varint();
  }

  /** Writes a count anew under the key of a body or a list. */
  static void restore(WriteTx tx, byte[] key, long count) {
    put(tx, key, count);
  }

  /** All counts of a partition. */
  static byte[] everything() {
    return new KeyWriter(KeySpace.BODY_REFS).toBytes();
  }

  private static long count(WriteTx tx, BodyId body) {
    return count(tx, key(body), "body " + body);
  }

  private static long count(WriteTx tx, byte[] key, String what) {
    byte[] value = tx.get(key);
    if (value == null) {
      return 1;
    }
    long count = new RecordReader(value, "references", 1).varint();
    if (count < 2) {
      throw new Corrupt(what + " has a count of " + count);
    }
    return count;
  }

  private static void put(WriteTx tx, BodyId body, long count) {
    put(tx, key(body), count);
  }

  private static void put(WriteTx tx, byte[] key, long count) {
    if (count <= 1) {
      tx.delete(key);
    } else {
      tx.put(key, new RecordWriter(1).varint(count).toBytes());
    }
  }

  static byte[] key(BodyId body) {
    return new KeyWriter(KeySpace.BODY_REFS).rest(body.bytes()).toBytes();
  }

  static byte[] key(long listId) {
    return new KeyWriter(KeySpace.BODY_REFS).u64(listId).toBytes();
  }
}
