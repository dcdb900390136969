package dev.anvil.objects;

import java.util.List;

/** Where the bytes of a version are. */
public sealed interface VersionBody {
  /** No bytes: an empty object or a delete marker. */
  record Empty() implements VersionBody {}

  /**
   * Inside the engine, owned by exactly one version.
   *
   * @param cursor its key under INLINE_BODIES
   */
  record Inline(long cursor) implements VersionBody {}

  /** Slices of stored bodies in order, 1 to {@link ObjectLimits#MAX_SLICES}. */
  record Slices(List<BodySlice> slices) implements VersionBody {
    /** Copies and checks the count. */
    public Slices {
      slices = List.copyOf(slices);
      if (slices.isEmpty() || slices.size() > ObjectLimits.MAX_SLICES) {
        throw new IllegalArgumentException(
            slices.size() + " slices are outside 1.." + ObjectLimits.MAX_SLICES);
      }
    }
  }

  /**
   * A list of slices under keys of its own; copies of a version share it, counted in {@link
   * BodyRefs}.
   *
   * @param listId its key under PART_LISTS
   * @param count slices in it
   */
  record Listed(long listId, int count) implements VersionBody {}

  /** The one empty body. */
  VersionBody EMPTY = new Empty();
}
