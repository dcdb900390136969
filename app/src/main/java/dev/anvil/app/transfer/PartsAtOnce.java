package dev.anvil.app.transfer;

import dev.anvil.client.http.ClientException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** Moves parts, a number of them at once; each is tried again a few times before all ends. */
final class PartsAtOnce {
  /** Most parts at once. */
  static final int MOST = 32;

  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_REST = Duration.ofMillis(500);

  /** Moves one part. */
  @FunctionalInterface
  interface Move {
    void part(Part part) throws Exception;
  }

  private PartsAtOnce() {}

  /** Returns when all are moved; throws what kept the first that could not be. */
  static void run(List<Part> parts, int atOnce, Move move) {
    Queue<Part> due = new ConcurrentLinkedQueue<>(parts);
    AtomicReference<Exception> failed = new AtomicReference<>();
    List<Thread> workers =
        java.util.stream.IntStream.range(0, Math.min(atOnce, Math.max(1, parts.size())))
            .mapToObj(_ -> Thread.ofVirtual().start(() -> work(due, move, failed)))
            .toList();
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      workers.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      throw new ClientException(ClientException.FAILED, "interrupted; run it again to go on");
    }
    Exception first = failed.get();
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first != null) {
      throw new ClientException(
          ClientException.FAILED,
          "the transfer broke off: " + first.getMessage() + "; run it again to go on");
    }
  }

  private static void work(Queue<Part> due, Move move, AtomicReference<Exception> failed) {
    try {
      for (Part part = due.poll(); part != null && failed.get() == null; part = due.poll()) {
        tryOften(part, move);
      }
    } catch (Exception e) {
      failed.compareAndSet(null, e);
    }
  }

  private static void tryOften(Part part, Move move) throws Exception {
    Duration rest = FIRST_REST;
    for (int attempt = 1; ; attempt++) {
      try {
        move.part(part);
        return;
      } catch (ClientException e) {
        if (attempt == ATTEMPTS || !e.passing()) {
          throw e;
        }
      } catch (java.io.IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      Thread.sleep(rest);
      rest = rest.multipliedBy(2);
    }
  }
}
