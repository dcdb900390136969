package dev.anvil.waist;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.CapturedSets;
import dev.anvil.ports.storage.WriteSet.Mutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Write sets as they are kept until they are archived: in the same commit, in pieces under keys of
 * their own, which no chain hash covers.
 */
final class CaptureCodec {
  private static final int FORMAT = 1;
  private static final int MAX_MUTATIONS = 1 << 22;

  private CaptureCodec() {}

  /** What the chain hash covers. */
  static List<Mutation> withoutCaptured(List<Mutation> mutations) {
    boolean any = mutations.stream().anyMatch(m -> CapturedSets.isCaptured(m.key()));
    return any
        ? mutations.stream().filter(m -> !CapturedSets.isCaptured(m.key())).toList()
        : mutations;
  }

  /** Adds the pieces of the set that is the stamp and the chained mutations. */
  static void addTo(
      List<Mutation> mutations, long revision, Mutation stamp, List<Mutation> chained) {
    RecordWriter w = new RecordWriter(FORMAT).varint(chained.size() + 1L);
    write(w, stamp);
    chained.forEach(m -> write(w, m));
    byte[] all = w.toBytes();
    List<Mutation> pieces = new ArrayList<>();
    for (int at = 0, part = 0; at < all.length; at += CapturedSets.PIECE_BYTES, part++) {
      byte[] key = CapturedSets.key(revision, part);
      byte[] piece =
          Arrays.copyOfRange(all, at, Math.min(all.length, at + CapturedSets.PIECE_BYTES));
      pieces.add(new Mutation(key, RecordCheck.seal(key, piece)));
    }
    int place =
        Collections.binarySearch(
            mutations, pieces.getFirst(), (x, y) -> Arrays.compareUnsigned(x.key(), y.key()));
    mutations.addAll(-place - 1, pieces);
  }

  private static void write(RecordWriter w, Mutation m) {
    w.blob(m.key()).blob(m.value());
  }

  /** The mutations of a set, its stamp first. */
  static List<Mutation> decode(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "captured write set", FORMAT);
    List<Mutation> mutations = new ArrayList<>();
    for (int left = r.count(MAX_MUTATIONS); left > 0; left--) {
      byte[] key = r.blob();
      if (key == null) {
        throw new Corrupt("a captured write set has a mutation without a key");
      }
      mutations.add(new Mutation(key, r.blob()));
    }
    if (mutations.isEmpty() || !Arrays.equals(mutations.getFirst().key(), Stamp.KEY)) {
      throw new Corrupt("a captured write set does not begin with its stamp");
    }
    return mutations;
  }
}
