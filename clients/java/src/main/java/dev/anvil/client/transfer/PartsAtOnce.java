package dev.anvil.client.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** Moves parts, a number of them at once; the first that cannot be moved ends all. */
final class PartsAtOnce {
  /** Moves one part. */
  @FunctionalInterface
  interface Move {
    void part(Part part) throws IOException;
  }

  private PartsAtOnce() {}

  /** Returns when all are moved; throws what kept the first that could not be. */
  static void run(List<Part> parts, int atOnce, Move move) throws IOException {
    Queue<Part> due = new ConcurrentLinkedQueue<>(parts);
    AtomicReference<Exception> failed = new AtomicReference<>();
    List<Thread> workers =
        IntStream.range(0, Math.min(atOnce, Math.max(1, parts.size())))
            .mapToObj(_ -> Thread.ofVirtual().start(() -> work(due, move, failed)))
            .toList();
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      workers.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("the transfer was interrupted").initCause(e);
    }
    switch (failed.get()) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(failed.get());
    }
  }

  private static void work(Queue<Part> due, Move move, AtomicReference<Exception> failed) {
    try {
      for (Part part = due.poll(); part != null && failed.get() == null; part = due.poll()) {
        move.part(part);
      }
    } catch (IOException | RuntimeException e) {
      failed.compareAndSet(null, e);
    }
  }
}
