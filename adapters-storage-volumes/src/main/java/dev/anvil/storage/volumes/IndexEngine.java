package dev.anvil.storage.volumes;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.WriteSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** The engine below the index, opened anew after it failed. */
final class IndexEngine {
  private final Supplier<Engine> opener;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private Engine engine;
  private boolean closed;
  private volatile long openings;

  IndexEngine(Supplier<Engine> opener) {
    this.opener = opener;
  }

  /** Counts how often the engine was opened: what is in it may have changed with each. */
  long openings() {
    return openings;
  }

  /** Runs the function on the state after the latest commit. */
  <T> T read(Function<EngineReader, T> function) {
    while (true) {
      ensureOpen();
      lock.readLock().lock();
      try {
        if (engine != null) {
          try (EngineSnapshot s = engine.snapshot();
              EngineReader r = s.reader()) {
            return function.apply(r);
          }
        }
      } finally {
        lock.readLock().unlock();
      }
    }
  }

  void ensureOpen() {
    lock.readLock().lock();
    try {
      if (engine != null) {
        return;
      }
    } finally {
      lock.readLock().unlock();
    }
    lock.writeLock().lock();
    try {
      if (closed) {
        throw new Unavailable(Unavailable.Reason.UNAVAILABLE, "the body store is closed");
      }
      if (engine == null) {
        engine = opener.get();
        openings++;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Commits; a failure closes the engine. One thread. */
  void commit(WriteSet set) {
    ensureOpen();
    guarded(() -> engine.commit(set));
  }

  /** Syncs; a failure closes the engine. One thread. */
  void sync() {
    guarded(engine::sync);
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (Unavailable e) {
      lock.writeLock().lock();
      try {
        engine.close();
      } finally {
        engine = null;
        lock.writeLock().unlock();
      }
      throw e;
    }
  }

  void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      if (engine != null) {
        engine.close();
      }
    } finally {
      engine = null;
      lock.writeLock().unlock();
    }
  }
}
