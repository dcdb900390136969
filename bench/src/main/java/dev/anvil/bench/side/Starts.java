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
 * @param bytes resident memory some seconds after the last of them, {@link #IDLE}
 */
record Starts(List<Double> millis, List<Double> bytes) {
  /** None. */
  static final Starts NONE = new Starts(List.of(), List.of());

  /**
   * Time from the first answer until a server counts as idle. What compilers used for a start goes
   * back to the system five seconds after it.
   */
  static final Duration IDLE = Duration.ofSeconds(6);

  /** Time from the first answer until a server may be ended: its duties have begun. */
  private static final Duration BEGUN = Duration.ofSeconds(1);

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

  /** As many starts as asked of a server that does not run; it runs after the last. */
  static Starts of(Contender contender, Options.Further asked, Between between) throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < asked.starts(); round++) {
      if (round > 0) {
        pass(BEGUN);
        between.starts();
      }
      millis.add(contender.start().toNanos() / 1e6);
    }
    pass(asked.rest().compareTo(IDLE) < 0 ? asked.rest() : IDLE);
    return new Starts(millis, List.of((double) contender.sample().rssBytes()));
  }

  private static void pass(Duration time) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
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
