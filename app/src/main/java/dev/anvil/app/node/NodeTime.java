package dev.anvil.app.node;

import dev.anvil.ports.time.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Time and chance as this process has them; the only place they enter the node.
 *
 * @param clock wall time
 * @param ticker elapsed time
 * @param random for ids and secrets
 * @param probePeriod how often the node proves that it is ready
 */
record NodeTime(InstantSource clock, Ticker ticker, SecureRandom random, Duration probePeriod) {
  private static final Duration PROBE_PERIOD = Duration.ofSeconds(5);

  static NodeTime ofThisProcess() {
    return new NodeTime(InstantSource.system(), System::nanoTime, new SecureRandom(), PROBE_PERIOD);
  }

  /** The same with another wall clock. */
  NodeTime with(InstantSource other) {
    return new NodeTime(other, ticker, random, probePeriod);
  }
}
