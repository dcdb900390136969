package dev.anvil.app.cli;

import dev.anvil.app.node.Node;
import java.util.concurrent.CountDownLatch;

/** Serves until the process is asked to end, then stops gracefully before the process is gone. */
final class StopSignal {
  private StopSignal() {}

  static void await(Node node) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              node.close();
              asked.countDown();
            },
            "anvil-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    asked.await();
  }
}
