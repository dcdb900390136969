package dev.anvil.bench.history;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A record for people: at most its last operations, times in microseconds from the first. */
final class RecordText {
  private static final int SHOWN = 60;

  private RecordText() {}

  static String of(List<Operation> operations) {
    long zero = operations.stream().mapToLong(Operation::invoked).min().orElse(0);
    List<Operation> sorted =
        operations.stream().sorted(Comparator.comparingLong(Operation::invoked)).toList();
    int skipped = Math.max(0, sorted.size() - SHOWN);
    String shown =
        sorted.stream().skip(skipped).map(o -> line(o, zero)).collect(Collectors.joining("\n  "));
    return (skipped > 0 ? skipped + " earlier ones, then" : "") + "\n  " + shown;
  }

  private static String line(Operation o, long zero) {
    return "client %d [%d..%d us] %s -> %s"
        .formatted(
            o.client(),
            (o.invoked() - zero) / 1000,
            (o.ended() - zero) / 1000,
            o.action(),
            o.outcome());
  }
}
