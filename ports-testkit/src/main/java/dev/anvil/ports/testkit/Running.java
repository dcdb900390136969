package dev.anvil.ports.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call in a thread of its own. */
public final class Running<T> {
  private static final long BOUND_SECONDS = 20;

  private final FutureTask<T> task;
  private final Thread thread;

  private Running(Callable<T> call) {
    this.task = new FutureTask<>(call);
    this.thread = Thread.ofVirtual().start(task);
  }

  /** Starts it. */
  public static <T> Running<T> start(Callable<T> call) {
    return new Running<>(call);
  }

  /** Its thread. */
  public Thread thread() {
    return thread;
  }

  /** Whether it ended. */
  public boolean isDone() {
    return task.isDone();
  }

  /** What it returned, or what it threw; waits at most 20 s. */
  public T get() {
    try {
      return task.get(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException r) {
        throw r;
      }
      throw new AssertionError("the call failed", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the call did not end in " + BOUND_SECONDS + " s", e);
    }
  }

  /** Whether it returned rather than threw. */
  public boolean succeeds() {
    try {
      get();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
