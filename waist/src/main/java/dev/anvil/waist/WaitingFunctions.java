package dev.anvil.waist;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.WaistLimits;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The bounded queue before the writer; many callers add, the writer takes. */
final class WaitingFunctions {
  private final Queue<Pending<?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger taken = new AtomicInteger();
  private volatile Thread parked;

  /**
   * Adds one and wakes the writer if it rests.
   *
   * @throws Unavailable Overloaded when a bound is met
   */
  void add(Pending<?> p) {
    int waiting = count.incrementAndGet();
    long announced = bytes.addAndGet(p.announcedBytes());
    if (waiting > WaistLimits.MAX_WAITING_FUNCTIONS || announced > WaistLimits.MAX_WAITING_BYTES) {
      forget(p);
      throw new Unavailable(
          Unavailable.Reason.OVERLOADED,
          "too many writes wait for this partition; retry a little later",
          Map.of(
              "maxWaiting",
              WaistLimits.MAX_WAITING_FUNCTIONS,
              "maxWaitingBytes",
              WaistLimits.MAX_WAITING_BYTES));
    }
    queue.add(p);
    wake();
  }

  /** The next one, or null. */
  Pending<?> poll() {
    Pending<?> p = queue.poll();
    if (p != null) {
      forget(p);
    }
    return p;
  }

  /**
   * As {@link #poll}, but it goes on waiting, and counts, until {@link #ended}: its bytes stay in
   * memory all that time.
   */
  Pending<?> take() {
    Pending<?> p = queue.poll();
    if (p != null) {
      taken.incrementAndGet();
    }
    return p;
  }

  /** One that was taken waits no longer. */
  void ended(Pending<?> p) {
    taken.decrementAndGet();
    forget(p);
  }

  /** What waits now; what is about to be added does not count. Walks the queue. */
  int size() {
    return queue.size() + taken.get();
  }

  /** Wakes the writer if it rests. */
  void wake() {
    Thread t = parked;
    if (t != null) {
      LockSupport.unpark(t);
    }
  }

  /** The writer rests until something is added or it is woken; may return early. */
  void rest(long atMostNanos) {
    parked = Thread.currentThread();
    if (queue.isEmpty()) {
      LockSupport.parkNanos(this, atMostNanos);
    }
    parked = null;
  }

  private void forget(Pending<?> p) {
    count.decrementAndGet();
    bytes.addAndGet(-p.announcedBytes());
  }
}
