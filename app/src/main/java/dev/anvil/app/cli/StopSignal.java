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
    Thread hook =
        new Thread(
            () -> {
              node.close();
              ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
              Runtime.getRuntime().halt(0);
            },
            "anvil-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    new CountDownLatch(1).await();
  }
}
