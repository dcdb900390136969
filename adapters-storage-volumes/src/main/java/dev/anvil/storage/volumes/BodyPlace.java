package dev.anvil.storage.volumes;

import java.util.ArrayList;
import java.util.List;

/** Where a body lies: its extents in order of offset, without a gap. */
record BodyPlace(long size, List<Extent> extents) {
  BodyPlace {
    extents = List.copyOf(extents);
  }

  long storedBytes() {
    long sum = 0;
    for (Extent e : extents) {
      sum += e.storedBytes();
    }
    return sum;
  }

  /** Index of the extent that holds the byte. */
  int extentOf(long offset) {
    int low = 0;
    int high = extents.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (extents.get(middle).offset() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** This place with one extent lying elsewhere, in one or more pieces. */
  BodyPlace moved(Extent from, List<Extent> to) {
    List<Extent> changed = new ArrayList<>();
    for (Extent e : extents) {
      if (e.equals(from)) {
        changed.addAll(to);
      } else {
        changed.add(e);
      }
    }
    return new BodyPlace(size, changed);
  }

  /** Adds a frame, joining it to the run it continues. */
  static void append(List<Extent> extents, Extent frame) {
    Extent longer = extents.isEmpty() ? null : extents.getLast().with(frame);
    if (longer == null) {
      extents.add(frame);
    } else {
      extents.set(extents.size() - 1, longer);
    }
  }
}
