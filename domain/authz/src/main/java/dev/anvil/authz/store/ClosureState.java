package dev.anvil.authz.store;

import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * Where one closure stands.
 *
 * @param on whether it is kept
 * @param building whether rows are being made, or dropped if it is off, so that it serves nothing
 * @param place last set of the build, or null before the first
 * @param schemaVersion whose shapes the rows rest on
 * @param through cursor up to which nesting is covered
 * @param next number of the next set
 * @param sets rows
 * @param pairs of a set and one above it
 */
record ClosureState(
    boolean on,
    boolean building,
    String place,
    int schemaVersion,
    long through,
    int next,
    long sets,
    long pairs) {
  private static final int FORMAT = 1;

  static ClosureState decode(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    RecordReader r = new RecordReader(bytes, "state of a closure", FORMAT);
    return new ClosureState(
        r.flag(),
        r.flag(),
        r.text(),
        r.count(Integer.MAX_VALUE),
        r.varint(),
        r.count(Integer.MAX_VALUE),
        r.varint(),
        r.varint());
  }

  byte[] encode() {
    return new RecordWriter(FORMAT)
        .flag(on)
        .flag(building)
        .text(place)
        .varint(schemaVersion)
        .varint(through)
        .varint(next)
        .varint(sets)
        .varint(pairs)
        .toBytes();
  }

  /** To be made from the beginning; numbers stay. The state before may be null. */
  static ClosureState fresh(ClosureState before) {
    return before == null
        ? new ClosureState(true, true, null, 0, 0, 1, 0, 0)
        : new ClosureState(true, true, null, 0, 0, before.next(), before.sets(), before.pairs());
  }

  /** No longer kept; its rows are dropped. */
  ClosureState off() {
    return new ClosureState(false, true, null, schemaVersion, 0, next, sets, pairs);
  }

  /** With a step of a build done. */
  ClosureState at(String last, int nextNumber, long setsBy, long pairsBy) {
    return new ClosureState(
        on, building, last, schemaVersion, through, nextNumber, sets + setsBy, pairs + pairsBy);
  }

  /** Covering the journal up to there, by the shapes of that schema. */
  ClosureState covering(int version, long cursor) {
    return new ClosureState(on, false, null, version, cursor, next, sets, pairs);
  }
}
