package dev.anvil.app.node;

import dev.anvil.ports.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long each phase of a node's start took; one line in the log when it is ready. */
final class StartPhases {
  private static final Logger LOG = LoggerFactory.getLogger("anvil.node");
  private static final Duration LONGEST_JAVA = Duration.ofMinutes(5);

  private final Ticker ticker;
  private final long began;
  private final StringBuilder told = new StringBuilder();
  private long last;

  private StartPhases(Ticker ticker) {
    this.ticker = ticker;
    this.began = ticker.nanos();
    this.last = began;
  }

  /** From now on; what Java and the command line took before is the first phase. */
  static StartPhases of(NodeTime time) {
    StartPhases phases = new StartPhases(time.ticker());
    long java = sinceProcessStart(time.clock());
    if (java >= 0) {
      phases.tell("java", java);
    }
    return phases;
  }

  /** Milliseconds, or -1 where the system does not tell or this is not the process's first node. */
  private static long sinceProcessStart(InstantSource clock) {
    return ProcessAge.now(clock)
        .filter(took -> !took.isNegative() && took.compareTo(LONGEST_JAVA) < 0)
        .map(Duration::toMillis)
        .orElse(-1L);
  }

  /** A phase ended now. */
  void end(String phase) {
    long now = ticker.nanos();
    tell(phase, Duration.ofNanos(now - last).toMillis());
    last = now;
  }

  private void tell(String phase, long millis) {
    told.append(' ').append(phase).append('=').append(millis);
  }

  /** The line. */
  void ready() {
    long total = Duration.ofNanos(ticker.nanos() - began).toMillis();
    LOG.info("node.started milliseconds={}{}", total, told);
  }
}
