package dev.anvil.waist;

import dev.anvil.ports.failure.Unavailable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where readers of the journal wait for its head to move; costs a commit nothing if none waits. */
final class HeadSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final AtomicInteger waiters = new AtomicInteger();
  private volatile long cursor;
  private volatile boolean closed;

  HeadSignal(long cursor) {
    this.cursor = cursor;
  }

  void moveTo(long newCursor) {
    if (newCursor != cursor) {
      cursor = newCursor;
      wakeAll();
    }
  }

  void close() {
    closed = true;
    wakeAll();
  }

  boolean awaitPast(long after, long timeoutNanos) throws InterruptedException {
    if (cursor > after) {
      return true;
    }
    waiters.incrementAndGet();
    lock.lock();
    try {
      long left = timeoutNanos;
      while (cursor <= after && left > 0 && !closed) {
        left = moved.awaitNanos(left);
      }
    } finally {
      lock.unlock();
      waiters.decrementAndGet();
    }
    if (cursor <= after && closed) {
      throw new Unavailable(Unavailable.Reason.UNAVAILABLE, "the partition is closed");
    }
    return cursor > after;
  }

  private void wakeAll() {
    if (waiters.get() > 0) {
      lock.lock();
      try {
        moved.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
