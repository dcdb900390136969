package dev.anvil.authz.store;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.Arrays;

/**
 * What a closure keeps of one set that has a set in it or is in one.
 *
 * @param number stands for it in the rows of others; never given anew while it has a row
 * @param mixed whether it, or a set in it, holds usersets that are not kept: it is walked
 * @param wide whether more sets are above it than are kept, so that none are
 * @param above numbers of the sets that it is in, through others too; ascending
 */
record ClosureRow(int number, boolean mixed, boolean wide, int[] above) {
  private static final int FORMAT = 1;

  static ClosureRow decode(byte[] bytes) {
    RecordReader r = reader(bytes);
    int number = r.count(Integer.MAX_VALUE);
    boolean mixed = r.flag();
    boolean wide = r.flag();
    int[] above = new int[r.count(bytes.length)];
    int last = 0;
    for (int i = 0; i < above.length; i++) {
      long next = (long) last + r.count(Integer.MAX_VALUE);
      if (next > Integer.MAX_VALUE) {
        throw new Corrupt("a row of a closure has numbers out of range");
      }
      last = (int) next;
      above[i] = last;
    }
    return new ClosureRow(number, mixed, wide, above);
  }

  /** The row without what is above. */
  static ClosureRow head(byte[] bytes) {
    RecordReader r = reader(bytes);
    return new ClosureRow(r.count(Integer.MAX_VALUE), r.flag(), r.flag(), null);
  }

  private static RecordReader reader(byte[] bytes) {
    return new RecordReader(bytes, "row of a closure", FORMAT);
  }

  byte[] encode() {
    RecordWriter w =
        new RecordWriter(FORMAT).varint(number).flag(mixed).flag(wide).varint(above.length);
    int last = 0;
    for (int n : above) {
      w.varint(n - last);
      last = n;
    }
    return w.toBytes();
  }

  boolean same(ClosureRow other) {
    return other != null
        && number == other.number
        && mixed == other.mixed
        && wide == other.wide
        && Arrays.equals(above, other.above);
  }
}
