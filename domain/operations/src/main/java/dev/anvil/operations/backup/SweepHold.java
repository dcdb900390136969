package dev.anvil.operations.backup;

import dev.anvil.ports.duties.Duty;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps sweeps from dropping bodies that a snapshot still copies. A sweep's step and the taking of
 * a hold exclude each other; while anything is held, sweeps rest.
 */
public final class SweepHold {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private int holders;

  /** An interest in bodies staying where they are. */
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** From now on nothing is swept; waits for running steps of sweeps. */
  public Hold hold() {
    lock.writeLock().lock();
    try {
      holders++;
    } finally {
      lock.writeLock().unlock();
    }
    return new Hold() {
      private boolean open = true;

      @Override
      public void close() {
        lock.writeLock().lock();
        try {
          if (open) {
            open = false;
            holders--;
          }
        } finally {
          lock.writeLock().unlock();
        }
      }
    };
  }

  /** The sweep, resting while anything is held. */
  public Duty over(Duty sweep) {
    return lease -> {
      lock.readLock().lock();
      try {
        return holders == 0 && sweep.step(lease);
      } finally {
        lock.readLock().unlock();
      }
    };
  }
}
