package dev.anvil.storage.volumes;

import dev.anvil.ports.failure.Unavailable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that commits to the index, which nobody interrupts. */
final class CheckpointThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointThread.class);

  private final Runnable checkpoint;
  private final ScheduledExecutorService thread;
  private final AtomicBoolean requested = new AtomicBoolean();

  CheckpointThread(Runnable checkpoint) {
    this.checkpoint = checkpoint;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("anvil-body-index").factory());
  }

  /** From now on also by time. */
  void every(long nanos) {
    thread.scheduleWithFixedDelay(this::quietly, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Soon, without waiting for it. */
  void request() {
    if (requested.compareAndSet(false, true)) {
      try {
        thread.execute(this::quietly);
      } catch (RejectedExecutionException e) {
        LOG.debug("the store is closing; its last checkpoint covers this request", e);
      }
    }
  }

  /** Runs one that begins now and waits for it; an interrupt does not end the wait. */
  void runNow() {
    run(checkpoint);
  }

  /** Runs something else in the thread and waits for it. */
  void run(Runnable action) {
    Future<?> run;
    try {
      run = thread.submit(action);
    } catch (RejectedExecutionException e) {
      throw Unavailable.notApplied(Unavailable.Reason.UNAVAILABLE, "the body store is closed", e);
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          run.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a checkpoint of the body index failed", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void quietly() {
    requested.set(false);
    try {
      checkpoint.run();
    } catch (RuntimeException e) {
      LOG.warn("a checkpoint of the body index failed; the next one carries its changes", e);
    }
  }

  @Override
  public void close() {
    thread.close();
  }
}
