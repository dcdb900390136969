package dev.anvil.authz.store;

import dev.anvil.authz.grants.Everybody;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.ReadTx;
import java.util.Map;

/**
 * What was settled last of what everybody may in a bucket, and which part gave it.
 *
 * @param generation of the newest change
 * @param direct what public access gave
 * @param list what the bucket's list gave
 */
record PublicMark(long generation, Everybody direct, Everybody list) {
  private static final String NAME = "mark of public access";
  private static final int FORMAT = 1;
  private static final String READER = "reader";
  private static final String LISTER = "lister";
  private static final String WRITER = "writer";

  /** What becomes of a tuple. */
  enum Turn {
    ON,
    OFF,
    STAY
  }

  /**
   * The mark; where there is none, or an old one, whatever stands was given by public access. What
   * somebody took away since is no longer what a part gave: whoever gives it again takes it along.
   */
  static PublicMark read(ReadTx tx, byte[] key, Live live, Map<String, Compiled> tuples) {
    Everybody lists = standing(live, tuples);
    boolean reads = lists.read() && live.row(tuples.get(READER).key()) != null;
    Everybody direct = new Everybody(reads, lists.write());
    byte[] value = tx.get(key);
    if (value == null) {
      return new PublicMark(0, direct, Everybody.NOTHING);
    }
    RecordReader r = new RecordReader(value, NAME, FORMAT);
    long generation = r.varint();
    if (!r.hasMore()) {
      return new PublicMark(generation, direct, Everybody.NOTHING);
    }
    return new PublicMark(
        generation,
        new Everybody(r.flag() && direct.read(), r.flag() && direct.write()),
        new Everybody(r.flag() && lists.read(), r.flag() && lists.write()));
  }

  private static Everybody standing(Live live, Map<String, Compiled> tuples) {
    return new Everybody(
        live.row(tuples.get(LISTER).key()) != null, live.row(tuples.get(WRITER).key()) != null);
  }

  byte[] encode() {
    return new RecordWriter(FORMAT)
        .varint(generation)
        .flag(direct.read())
        .flag(direct.write())
        .flag(list.read())
        .flag(list.write())
        .toBytes();
  }

  /** The mark of a change; parts that are null stay. */
  PublicMark after(Everybody newDirect, Everybody newList, long newGeneration) {
    return new PublicMark(
        newGeneration, newDirect == null ? direct : newDirect, newList == null ? list : newList);
  }

  /**
   * What a change makes of a tuple. What the part that stays gave is left as it is, and not given
   * again if somebody took it away; what neither part gave is not taken by the list.
   */
  Turn turn(String relation, Everybody newDirect, Everybody newList) {
    boolean writes = relation.equals(WRITER);
    boolean ofList = !relation.equals(READER);
    boolean byDirect = newDirect != null && said(newDirect, writes);
    boolean byList = ofList && newList != null && said(newList, writes);
    if (byDirect || byList) {
      return Turn.ON;
    }
    boolean gaveDirect = said(direct, writes);
    boolean gaveList = ofList && said(list, writes);
    if (newDirect == null && gaveDirect || newList == null && gaveList) {
      return Turn.STAY;
    }
    return newDirect != null || gaveList ? Turn.OFF : Turn.STAY;
  }

  private static boolean said(Everybody part, boolean writes) {
    return writes ? part.write() : part.read();
  }
}
