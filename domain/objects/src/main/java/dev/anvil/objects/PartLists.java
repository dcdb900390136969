package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists of more than {@link ObjectLimits#MAX_SLICES} slices, in chunks under keys of their own:
 * list id, then chunk number from 0. Every chunk but the last holds {@link #CHUNK} slices.
 */
public final class PartLists {
  /** Slices of a chunk. */
  public static final int CHUNK = 500;

  private PartLists() {}

  /** Every chunk of a list lies under it. */
  public static byte[] prefix(long listId) {
    return new KeyWriter(KeySpace.PART_LISTS).u64(listId).toBytes();
  }

  /** Key of a chunk. */
  public static byte[] key(long listId, int chunk) {
    return new KeyWriter(KeySpace.PART_LISTS).u64(listId).u32(chunk).toBytes();
  }

  /** A chunk as it is stored. */
  public static byte[] encode(List<BodySlice> slices) {
    RecordWriter w = new RecordWriter(1);
    w.varint(slices.size());
    slices.forEach(s -> writeSlice(w, s));
    if (summed(slices)) {
      writeChecksums(w, slices);
    }
    return w.toBytes();
  }

  /** The reverse of {@link #encode}. */
  public static List<BodySlice> decode(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "part list", 1);
    List<BodySlice> slices = readSlices(r, CHUNK);
    return r.hasMore() ? readChecksums(r, slices) : slices;
  }

  /** Whether checksums are kept of any of them. */
  static boolean summed(List<BodySlice> slices) {
    return slices.stream().anyMatch(s -> !s.checksums().isEmpty());
  }

  /** Checksums of slices in their order. */
  static void writeChecksums(RecordWriter w, List<BodySlice> slices) {
    slices.forEach(s -> Checksums.write(w, s.checksums()));
  }

  /** The same slices with the checksums that follow. */
  static List<BodySlice> readChecksums(RecordReader r, List<BodySlice> slices) {
    List<BodySlice> summed = new ArrayList<>(slices.size());
    for (BodySlice s : slices) {
      summed.add(new BodySlice(s.body(), s.offset(), s.length(), Checksums.read(r)));
    }
    return summed;
  }

  static void writeSlice(RecordWriter w, BodySlice s) {
    w.i64(s.body().high()).i64(s.body().low()).varint(s.offset()).varint(s.length());
  }

  /** Passes slices over; returns how many. */
  static int skipSlices(RecordReader r, int max) {
    int n = r.count(max);
    for (int i = 0; i < n; i++) {
      r.skip(2 * Long.BYTES);
      r.varint();
      r.varint();
    }
    return n;
  }

  static List<BodySlice> readSlices(RecordReader r, int max) {
    int n = r.count(max);
    List<BodySlice> slices = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      BodyId id = new BodyId(r.i64(), r.i64());
      long offset = r.varint();
      long length = r.varint();
      if (offset < 0 || length < 0 || offset + length < 0) {
        throw new Corrupt("a slice of body " + id + " is " + offset + "+" + length);
      }
      slices.add(new BodySlice(id, offset, length));
    }
    return slices;
  }
}
