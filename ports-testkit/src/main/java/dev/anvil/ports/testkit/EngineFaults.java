package dev.anvil.ports.testkit;

import dev.anvil.ports.failure.Unavailable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Faults to come, planned by a test and obeyed by a {@link FaultyEngine}. Thread safe. */
public final class EngineFaults {
  /** What a failing step leaves behind. */
  public enum Leaving {
    /** The step did not happen. */
    NOTHING,
    /** The step happened, only its answer is an error. */
    DONE
  }

  private record Plan(int countdown, Leaving leaving) {
    Plan next() {
      return new Plan(countdown - 1, leaving);
    }
  }

  private Plan commitPlan;
  private Plan syncPlan;
  private int failingOpens;
  private boolean broken;
  private volatile boolean full;
  private volatile boolean readsFail;
  private Runnable onFailedOpen = () -> {};
  private volatile Runnable beforeSync = () -> {};
  private final AtomicInteger fired = new AtomicInteger();
  private final AtomicInteger openSnapshots = new AtomicInteger();
  private final AtomicInteger misuses = new AtomicInteger();

  /** The {@code nth} commit from now (1 is the next) fails. */
  public synchronized void failCommit(int nth, Leaving leaving) {
    commitPlan = new Plan(nth, leaving);
  }

  /** The {@code nth} sync from now (1 is the next) fails. */
  public synchronized void failSync(int nth, Leaving leaving) {
    syncPlan = new Plan(nth, leaving);
  }

  /** The next {@code times} openings fail. */
  public synchronized void failOpens(int times) {
    failingOpens = times;
  }

  /** Runs inside each failing opening: what happens to the files meanwhile. */
  public synchronized void onFailedOpen(Runnable action) {
    onFailedOpen = action;
  }

  /** While full, every commit is refused with {@code StorageFull}. */
  public void full(boolean nowFull) {
    full = nowFull;
  }

  /** While set, every read of the engine fails with {@code StorageUnavailable}. */
  public void readsFail(boolean nowFailing) {
    readsFail = nowFailing;
  }

  /** Runs in the writer's thread before each sync: makes it slow. */
  public void beforeSync(Runnable action) {
    beforeSync = action;
  }

  /** Holds every sync back until the returned latch is counted down. */
  public CountDownLatch holdSyncs() {
    CountDownLatch latch = new CountDownLatch(1);
    beforeSync(() -> {
      boolean interrupted = false;
      while (latch.getCount() > 0) {
        try {
          latch.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    });
    return latch;
  }

  /** Faults that happened so far. */
  public int fired() {
    return fired.get();
  }

  /** Steps tried on an engine that had failed, and closings under open snapshots. */
  public int misuses() {
    return misuses.get();
  }

  /** Whether no commit or sync failed since the engine was opened. */
  public synchronized boolean usable() {
    return !broken;
  }

  synchronized void onOpen() {
    if (failingOpens > 0) {
      failingOpens--;
      onFailedOpen.run();
      throw failure("open");
    }
    broken = false;
  }

  void onSnapshot(int change) {
    openSnapshots.addAndGet(change);
  }

  void onClose() {
    if (openSnapshots.getAndSet(0) > 0) {
      misuses.incrementAndGet();
    }
  }

  void onRead() {
    if (readsFail) {
      throw failure("read");
    }
  }

  void duringCommit(Runnable commit) {
    if (full) {
      breakEngine();
      throw new Unavailable(
          Unavailable.Reason.STORAGE_FULL, "the disk is full (planned fault); free space");
    }
    step("commit", takeCommit(), commit);
  }

  void duringSync(Runnable sync) {
    checkUsable();
    beforeSync.run();
    step("sync", takeSync(), sync);
  }

  private synchronized Plan takeCommit() {
    checkUsable();
    Plan p = commitPlan;
    commitPlan = p == null || p.countdown <= 1 ? null : p.next();
    return p;
  }

  private synchronized Plan takeSync() {
    Plan p = syncPlan;
    syncPlan = p == null || p.countdown <= 1 ? null : p.next();
    return p;
  }

  private void step(String what, Plan plan, Runnable action) {
    if (plan == null || plan.countdown > 1) {
      action.run();
      return;
    }
    if (plan.leaving == Leaving.DONE) {
      action.run();
    }
    breakEngine();
    throw failure(what);
  }

  private synchronized void breakEngine() {
    broken = true;
    fired.incrementAndGet();
  }

  private synchronized void checkUsable() {
    if (broken) {
      misuses.incrementAndGet();
      throw new Unavailable(
          Unavailable.Reason.STORAGE, "the engine failed before; close it and open it again");
    }
  }

  private static Unavailable failure(String what) {
    return new Unavailable(Unavailable.Reason.STORAGE, what + " failed (planned fault)");
  }
}
