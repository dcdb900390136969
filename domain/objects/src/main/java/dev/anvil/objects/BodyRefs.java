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
 * has no record, so that bodies which are never shared cost nothing.
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
    long left = count(tx, body) - references;
    if (left < 0) {
      throw new Corrupt("body " + body + " has fewer references than are dropped");
    }
    put(tx, body, left);
    return left == 0;
  }

  private static long count(WriteTx tx, BodyId body) {
    byte[] value = tx.get(key(body));
    if (value == null) {
      return 1;
    }
    long count = new RecordReader(value, "body references", 1).varint();
    if (count < 2) {
      throw new Corrupt("body " + body + " has a count of " + count);
    }
    return count;
  }

  private static void put(WriteTx tx, BodyId body, long count) {
    if (count <= 1) {
      tx.delete(key(body));
    } else {
      tx.put(key(body), new RecordWriter(1).varint(count).toBytes());
    }
  }

  private static byte[] key(BodyId body) {
    return new KeyWriter(KeySpace.BODY_REFS).rest(body.bytes()).toBytes();
  }
}
