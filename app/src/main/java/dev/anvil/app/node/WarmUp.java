package dev.anvil.app.node;

import dev.anvil.http.HttpServer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads what the listeners take while the stores open: the one waits for the disk, the other for
 * Java. Only the first node of a process has anything to load.
 */
final class WarmUp {
  private static final AtomicBoolean FIRST = new AtomicBoolean(true);

  private final Thread thread;

  private WarmUp(Thread thread) {
    this.thread = thread;
  }

  /** Begins. */
  static WarmUp start() {
    if (!FIRST.compareAndSet(true, false)) {
      return new WarmUp(null);
    }
    return new WarmUp(Thread.ofPlatform().daemon().name("anvil-warm-up").start(HttpServer::warmUp));
  }

  /** Returns when it is over; a failure shows again where it counts. */
  void await() {
    if (thread == null) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      // whoever wants the start to end says so again at the next wait
      Thread.currentThread().interrupt();
    }
  }
}
