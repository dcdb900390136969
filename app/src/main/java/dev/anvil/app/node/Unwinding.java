package dev.anvil.app.node;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, closed in the reverse order; a failure to close one does not keep the rest. */
final class Unwinding {
  private static final Logger LOG = LoggerFactory.getLogger(Unwinding.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  /** Closes all; failures are added to the given one, or logged when there is none. */
  void unwind(Exception because) {
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        if (because == null) {
          LOG.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
        } else {
          because.addSuppressed(e);
        }
      }
    }
  }
}
