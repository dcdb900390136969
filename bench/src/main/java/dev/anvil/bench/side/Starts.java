package dev.anvil.bench.side;

import dev.anvil.bench.peers.Contender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts of one server on the same kind of folder, one after another.
 *
 * @param millis from exec to the first answer 200, of each
 * @param bytes resident memory two seconds later, of each
 */
record Starts(List<Double> millis, List<Double> bytes) {
  /** None. */
  static final Starts NONE = new Starts(List.of(), List.of());

  // what a start took and gave back is no memory of an idle server
  private static final Duration IDLE = Duration.ofSeconds(2);

  /** What stands between two starts of the same kind. */
  @FunctionalInterface
  interface Between {
    /** Ends the server; what it does to the folder is what makes the kind. */
    void starts() throws IOException;
  }

  /** Keeps lists of its own. */
  Starts {
    millis = List.copyOf(millis);
    bytes = List.copyOf(bytes);
  }

  /** So many starts of a server that does not run; it runs after the last. */
  static Starts of(Contender contender, int rounds, Between between) throws IOException {
    List<Double> millis = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (round > 0) {
        between.starts();
      }
      millis.add(contender.start().toNanos() / 1e6);
      idle();
      bytes.add((double) contender.sample().rssBytes());
    }
    return new Starts(millis, bytes);
  }

  private static void idle() throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server that has just started rested", e);
    }
  }

  /** Milliseconds; null if there are none. */
  Findings.Spread took() {
    return Findings.Spread.of(millis);
  }

  /** Milliseconds, the middle; not a number if there are none. */
  double medianMillis() {
    return Findings.Spread.median(took());
  }

  /** Bytes, the middle; not a number if there are none. */
  double medianBytes() {
    return Findings.Spread.median(Findings.Spread.of(bytes));
  }

  /** MiB; null if there are none. */
  Findings.Spread resident() {
    return Findings.Spread.of(bytes.stream().map(b -> b / (1 << 20)).toList());
  }
}
