package dev.anvil.objects;

import dev.anvil.kernel.ByteRange;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.storage.Partition;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Where a part of a version lies in its bytes. */
final class PartRanges {
  private PartRanges() {}

  /**
   * The range of a part; a version not put together from parts is one part.
   *
   * @throws Invalid RangeNotSatisfiable if it has no such part
   */
  static ByteRange of(VersionRecord version, Partition partition, int number) {
    if (number < 1 || number > Math.max(1, version.parts())) {
      throw absent(version, number);
    }
    if (version.parts() == 0) {
      return new ByteRange(0, version.size());
    }
    Iterator<BodySlice> slices = slices(version.body(), partition);
    long offset = 0;
    for (int at = 1; slices.hasNext(); at++) {
      BodySlice slice = slices.next();
      if (at == number) {
        return new ByteRange(offset, slice.length());
      }
      offset += slice.length();
    }
    throw absent(version, number);
  }

  static Iterator<BodySlice> slices(VersionBody body, Partition partition) {
    return switch (body) {
      case VersionBody.Empty _, VersionBody.Inline _ -> List.<BodySlice>of().iterator();
      case VersionBody.Slices s -> s.slices().iterator();
      case VersionBody.Listed l -> new ListedSlices(partition, l);
    };
  }

  private static Invalid absent(VersionRecord version, int number) {
    int parts = Math.max(1, version.parts());
    return new Invalid(
        Invalid.Reason.RANGE,
        "the version has " + parts + " parts and no part " + number,
        Map.of("partNumber", number, "parts", parts));
  }
}
