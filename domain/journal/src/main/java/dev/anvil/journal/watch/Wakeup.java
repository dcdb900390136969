package dev.anvil.journal.watch;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where one watch waits; a call that comes while it does not wait is kept. */
final class Wakeup {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition called = lock.newCondition();
  private boolean pending;

  void call() {
    lock.lock();
    try {
      if (!pending) {
        pending = true;
        called.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a call at most so long and forgets it; whether there was one. */
  boolean await(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!pending && left > 0) {
        left = called.awaitNanos(left);
      }
      boolean was = pending;
      pending = false;
      return was;
    } finally {
      lock.unlock();
    }
  }
}
