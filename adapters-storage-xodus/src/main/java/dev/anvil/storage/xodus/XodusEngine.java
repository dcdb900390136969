package dev.anvil.storage.xodus;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EngineStats;
import dev.anvil.ports.storage.EngineTraits;
import dev.anvil.ports.storage.WriteSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;
import jetbrains.exodus.env.TransactionFinishedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Xodus environment with one store.
 *
 * <p>A commit is an exclusive transaction that is written but not synced; the sync is a call of its
 * own. A failed commit or sync makes the engine unusable, although the library would go on.
 */
public final class XodusEngine implements Engine {
  /** As in STORAGE_ENGINE. */
  public static final String NAME = "xodus";

  private static final Logger LOG = LoggerFactory.getLogger(XodusEngine.class);

  private final XodusFiles files;
  private final Path folder;
  private final Store store;
  private final EngineTraits traits;
  private final DiskUse diskUse;
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Throwable failure;
  private volatile boolean closed;

  private final LongAdder puts = new LongAdder();
  private final LongAdder deletes = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final LongAdder syncs = new LongAdder();
  final LongAdder gets = new LongAdder();
  final LongAdder scanned = new LongAdder();

  private XodusEngine(XodusFiles files, Store store, XodusOptions options) {
    this.files = files;
    this.folder = files.folder();
    this.store = store;
    this.traits = new EngineTraits(NAME, options.inlineLimit());
    this.diskUse = new DiskUse(folder);
  }

  /**
   * Opens or creates the environment of a folder.
   *
   * @throws Unavailable if the folder is in use, belongs to another engine or cannot be written
   * @throws Corrupt if it cannot be read, or lost what was once synced; it is then left as it is
   */
  public static XodusEngine open(Path folder, XodusOptions options) {
    XodusFiles files = XodusFiles.open(folder, options);
    try {
      return new XodusEngine(files, files.openStore("kv"), options);
    } catch (RuntimeException | Error e) {
      files.closeAfterFailure();
      throw Failures.cannotOpen(folder, e);
    }
  }

  @Override
  public EngineTraits traits() {
    return traits;
  }

  @Override
  public EngineSnapshot snapshot() {
    refuseUnusable();
    try {
      return register(new XodusSnapshot(this, files.environment().beginReadonlyTransaction()));
    } catch (RuntimeException e) {
      throw Failures.cannotRead(folder, e);
    }
  }

  @Override
  public void commit(WriteSet set) {
    writing.lock();
    try {
      refuseUnusable();
      apply(set);
      commits.increment();
    } catch (AnvilException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw fail(e);
    } finally {
      writing.unlock();
    }
  }

  private void apply(WriteSet set) {
    Transaction tx = files.environment().beginExclusiveTransaction();
    int put = 0;
    try {
      for (WriteSet.Mutation m : set.mutations()) {
        ArrayByteIterable key = new ArrayByteIterable(m.key());
        if (m.isDelete()) {
          store.delete(tx, key);
        } else {
          store.put(tx, key, new ArrayByteIterable(m.value()));
          put++;
        }
      }
      if (!tx.commit()) {
        throw new IllegalStateException("an exclusive transaction was overtaken");
      }
    } catch (AnvilException e) {
      throw fail(e);
    } finally {
      if (!tx.isFinished()) {
        tx.abort();
      }
    }
    puts.add(put);
    deletes.add(set.mutations().size() - put);
  }

  @Override
  public void sync() {
    writing.lock();
    try {
      refuseUnusable();
      files.sync();
      syncs.increment();
    } catch (IOException | IllegalStateException e) {
      throw fail(e);
    } catch (AnvilException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw fail(e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public EngineStats stats() {
    return new EngineStats(
        puts.sum(),
        deletes.sum(),
        commits.sum(),
        syncs.sum(),
        gets.sum(),
        scanned.sum(),
        diskUse.bytes());
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      closeReaders();
      if (failure == null) {
        syncAndClose();
      } else {
        files.closeAfterFailure();
      }
    } finally {
      writing.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void syncAndClose() {
    try {
      files.sync();
      files.close();
    } catch (IOException | RuntimeException e) {
      files.closeAfterFailure();
      throw Failures.cannotWrite(folder, e);
    }
  }

  private void closeReaders() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.warn("a reader of {} did not close", folder, e);
      }
    }
  }

  /** Remembers what must end before the environment does. */
  <T extends AutoCloseable> T register(T reader) {
    open.add(reader);
    if (closed) {
      try {
        reader.close();
      } catch (Exception e) {
        LOG.warn("a reader of {} did not close", folder, e);
      }
      refuseUnusable();
    }
    return reader;
  }

  void unregister(AutoCloseable reader) {
    open.remove(reader);
  }

  Store store() {
    return store;
  }

  /** What a read threw, as the port's failure; the log has the whole story. */
  AnvilException readFailure(Throwable cause) {
    if (closed) {
      return new Unavailable(Unavailable.Reason.STORAGE, "the engine of " + folder + " is closed");
    }
    if (cause instanceof TransactionFinishedException) {
      return readerClosed();
    }
    if (cause instanceof AnvilException known) {
      return known;
    }
    LOG.error("a read of {} failed", folder, cause);
    return Failures.cannotRead(folder, cause);
  }

  Unavailable readerClosed() {
    return new Unavailable(
        Unavailable.Reason.STORAGE, "the reader of " + folder + " was closed before this read");
  }

  private Unavailable fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
      files.abandon();
      LOG.error("a write to {} failed; it is refused until it is opened again", folder, cause);
    }
    return Failures.cannotWrite(folder, cause);
  }

  private void refuseUnusable() {
    if (closed) {
      throw new Unavailable(Unavailable.Reason.STORAGE, "the engine of " + folder + " is closed");
    }
    Throwable before = failure;
    if (before != null) {
      throw Unavailable.notApplied(
          Failures.isFull(before) ? Unavailable.Reason.STORAGE_FULL : Unavailable.Reason.STORAGE,
          "an earlier write to " + folder + " failed; it must be opened again",
          before);
    }
  }
}
