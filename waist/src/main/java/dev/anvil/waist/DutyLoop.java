package dev.anvil.waist;

import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.DutyName;
import dev.anvil.ports.duties.HeldLease;
import dev.anvil.ports.duties.Leases;
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
  private final Leases leases;
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
      Leases leases,
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
    HeldLease lease = null;
    try {
      while (!ending()) {
        if (lease == null) {
          lease = leases.take(name).orElse(null);
        }
        lease = lease == null ? rest(null, seekAgain()) : under(lease);
      }
    } finally {
      if (lease != null) {
        lease.release();
      }
      ended.accept(this);
    }
  }

  /** A step and the rest after it; returns the lease while it is worth keeping. */
  private HeldLease under(HeldLease lease) {
    return switch (lease.renew()) {
      case HELD -> rest(lease, step(lease));
      case PAUSED -> rest(lease, seekAgain());
      case LOST -> null;
    };
  }

  private long seekAgain() {
    return leases.ttl().toNanos() / SEEK_AGAIN_SHARE;
  }

  /** One step; returns how long to rest after it. */
  private long step(HeldLease lease) {
    try {
      boolean more = duty.step(lease);
      backoff = 0;
      return more ? 0 : periodNanos;
    } catch (StaleFence e) {
      incidents.report("duty " + name + " lost its lease", e);
      lease.release();
    } catch (InterruptedException e) {
      incidents.report("a step of duty " + name + " was interrupted", e);
    } catch (Throwable e) {
      incidents.report("a step of duty " + name + " failed", e);
    }
    long longest = LeasedDuties.LONGEST_BACKOFF.toNanos();
    backoff = backoff == 0 ? firstBackoff : Math.min(backoff * 2, longest);
    return backoff;
  }

  /** Rests and keeps the lease alive meanwhile; returns it, or null once it is lost. */
  private HeldLease rest(HeldLease lease, long nanos) {
    long slice = leases.ttl().toNanos() / 3;
    long left = nanos;
    while (left > slice && !ending()) {
      sleep(slice);
      left -= slice;
      if (lease != null && lease.renew() == HeldLease.Renewal.LOST) {
        return null;
      }
    }
    sleep(left);
    return lease;
  }

  private void sleep(long nanos) {
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
    long bound = leases.ttl().toNanos() / 3;
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
