package dev.anvil.bench.scale;

import dev.anvil.bench.side.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * A series at its fewest and at its most objects.
 *
 * @param series engine and heap
 * @param few objects
 * @param many objects
 * @param listFew CPU microseconds a key of a list, with few
 * @param listMany the same with many
 * @param readyFew milliseconds from the start of the process, with few
 * @param readyMany the same with many
 */
record Growth(
    String series,
    long few,
    long many,
    double listFew,
    double listMany,
    double readyFew,
    double readyMany) {
  private static final double SAME = 1.25;
  private static final double READY_MILLIS = 1_000;

  /** Of each series the most objects, against the fewest of its engine. */
  static List<Growth> of(List<SizePoint> sizes) {
    List<Growth> all = new ArrayList<>();
    for (String series : sizes.stream().map(SizePoint::series).distinct().toList()) {
      SizePoint most =
          sizes.stream().filter(p -> p.series().equals(series)).reduce((_, p) -> p).orElseThrow();
      SizePoint least =
          sizes.stream().filter(p -> p.engine().equals(most.engine())).findFirst().orElseThrow();
      all.add(
          new Growth(
              series,
              least.objects(),
              most.objects(),
              list(least),
              list(most),
              least.readyMillis(),
              most.readyMillis()));
    }
    return all;
  }

  boolean sameList() {
    return listMany <= SAME * listFew;
  }

  boolean ready() {
    return readyFew <= READY_MILLIS && readyMany <= READY_MILLIS;
  }

  private static double list(SizePoint point) {
    return point.samples().stream()
        .filter(s -> s.ok() && s.row().equals(ScaleRows.LIST))
        .mapToDouble(Sample::cpu)
        .findFirst()
        .orElse(Double.NaN);
  }
}
