package dev.anvil.app.cli;

import ch.qos.logback.classic.LoggerContext;
import dev.anvil.app.node.Node;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * Serves until the process is asked to end by SIGTERM or Ctrl-C, then stops gracefully. That is an
 * end in good order, so the process ends with 0 and not with the code of the signal.
 */
final class StopSignal {
  private StopSignal() {}

  static void await(Node node) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(hook(node::close));
    new CountDownLatch(1).await();
  }

  /** What ends the process, not begun. */
  static Thread hook(Runnable close) {
    return new Thread(
        () -> {
          close.run();
          ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
          Runtime.getRuntime().halt(0);
        },
        "anvil-stop");
  }
}
