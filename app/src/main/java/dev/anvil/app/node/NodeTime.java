package dev.anvil.app.node;

import dev.anvil.ports.time.Ticker;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Time and chance as this process has them; the only place they enter the node.
 *
 * @param clock wall time
 * @param ticker elapsed time
 * @param random for ids and secrets
 */
record NodeTime(InstantSource clock, Ticker ticker, SecureRandom random) {
  static NodeTime ofThisProcess() {
    return new NodeTime(InstantSource.system(), System::nanoTime, new SecureRandom());
  }
}
