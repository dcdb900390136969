package dev.anvil.waist;

import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.Registration;
import dev.anvil.ports.failure.StaleFence;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Seeks one duty's lease and steps while it holds it. */
final class DutyLoop implements Registration, Runnable {
  /** Share of a lease's life after which a waiting seeker looks again. */
  private static final int SEEK_AGAIN_SHARE = 30;

  private final DutyName name;
  private final long periodNanos;
  private final Duty duty;
  private final LeaseTable leases;
  private final Incidents incidents;
  private final long firstBackoff;
  private final Consumer<DutyLoop> ended;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition asked = lock.newCondition();
  private boolean ending;
  private Thread thread;
  private long backoff;

  DutyLoop(
      DutyName name,
      Duration period,
      Duty duty,
      LeaseTable leases,
      Incidents incidents,
      Duration firstBackoff,
      Consumer<DutyLoop> ended) {
    this.name = name;
    this.periodNanos = period.toNanos();
    this.duty = duty;
    this.leases = leases;
    this.incidents = incidents;
    this.firstBackoff = firstBackoff.toNanos();
    this.ended = ended;
  }

  void start(ThreadFactory threads) {
    thread = threads.newThread(this);
    thread.start();
  }

  @Override
  public void run() {
    LeaseTable.Held lease = null;
    try {
      while (!ending()) {
        if (lease == null || !lease.renew()) {
          lease = leases.take(name);
        }
        rest(lease == null ? leases.ttlNanos() / SEEK_AGAIN_SHARE : step(lease));
      }
    } finally {
      if (lease != null) {
        leases.release(lease);
      }
      ended.accept(this);
    }
  }

  /** One step; returns how long to rest after it. */
  private long step(LeaseTable.Held lease) {
    try {
      boolean more = duty.step(lease);
      backoff = 0;
      return more ? 0 : periodNanos;
    } catch (StaleFence e) {
      incidents.report("duty " + name + " lost its lease", e);
      leases.release(lease);
    } catch (InterruptedException e) {
      incidents.report("a step of duty " + name + " was interrupted", e);
    } catch (Throwable e) {
      incidents.report("a step of duty " + name + " failed", e);
    }
    long longest = EmbeddedDuties.Limits.LONGEST_BACKOFF.toNanos();
    backoff = backoff == 0 ? firstBackoff : Math.min(backoff * 2, longest);
    return backoff;
  }

  private void rest(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && !ending) {
        left = asked.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      incidents.report("the rest of duty " + name + " was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean ending() {
    lock.lock();
    try {
      return ending;
    } finally {
      lock.unlock();
    }
  }

  /** Asks it to end, without waiting. */
  void ask() {
    lock.lock();
    try {
      ending = true;
      asked.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    ask();
    if (Thread.currentThread() == thread) {
      return;
    }
    long bound = leases.ttlNanos() / 3;
    try {
      if (!thread.join(Duration.ofNanos(bound))) {
        incidents.report(
            "a step of duty %s still runs after %d s"
                .formatted(name, TimeUnit.NANOSECONDS.toSeconds(bound)),
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
