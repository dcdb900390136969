package dev.anvil.objects.parts;

import dev.anvil.objects.BodySlice;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.objects.PartLists;
import dev.anvil.objects.VersionBody;
import dev.anvil.ports.storage.WriteTx;
import java.util.List;

/** Places slices where a version can name them. */
public final class PlacedSlices {
  private PlacedSlices() {}

  /**
   * Up to {@link ObjectLimits#MAX_SLICES} go into the version's record; longer lists get keys of
   * their own, named by the cursor of the entry that is about to be appended.
   */
  public static VersionBody place(WriteTx tx, List<BodySlice> slices) {
    if (slices.isEmpty()) {
      return VersionBody.EMPTY;
    }
    if (slices.size() <= ObjectLimits.MAX_SLICES) {
      return new VersionBody.Slices(slices);
    }
    long listId = tx.nextCursor();
    int chunk = 0;
    for (int from = 0; from < slices.size(); from += PartLists.CHUNK) {
      int to = Math.min(slices.size(), from + PartLists.CHUNK);
      tx.put(PartLists.key(listId, chunk++), PartLists.encode(slices.subList(from, to)));
    }
    return new VersionBody.Listed(listId, slices.size());
  }

  /** Bytes that {@link #place} may write for these, with their checksums. */
  public static int bytes(List<BodySlice> slices) {
    int sums = 0;
    for (BodySlice slice : slices) {
      for (byte[] sum : slice.checksums().values()) {
        sums += sum.length + 4;
      }
    }
    return bytes(slices.size()) + slices.size() + sums;
  }

  /** Bytes that {@link #place} may write, for the bounds of a function. */
  public static int bytes(int slices) {
    return 40 * slices;
  }
}
