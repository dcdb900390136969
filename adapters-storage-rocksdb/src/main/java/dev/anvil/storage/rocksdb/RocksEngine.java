package dev.anvil.storage.rocksdb;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EngineStats;
import dev.anvil.ports.storage.EngineTraits;
import dev.anvil.ports.storage.WriteSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RocksDB database with its default column family.
 *
 * <p>A commit is a batch in the write-ahead log, the sync is a call of its own. Using native
 * objects after their end would end the process, so snapshots, readers and scans are known here and
 * ended before the database is.
 */
public final class RocksEngine implements Engine {
  /** As in STORAGE_ENGINE. */
  public static final String NAME = "rocksdb";

  private static final Logger LOG = LoggerFactory.getLogger(RocksEngine.class);

  private final Database database;
  private final Path folder;
  private final EngineTraits traits;
  private final DiskUse diskUse;
  private final ReentrantLock writing = new ReentrantLock();
  private final Set<RocksSnapshot> snapshots = new HashSet<>();
  private volatile Throwable failure;
  private volatile boolean closed;

  private final LongAdder puts = new LongAdder();
  private final LongAdder deletes = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final LongAdder syncs = new LongAdder();
  final LongAdder gets = new LongAdder();
  final LongAdder scanned = new LongAdder();

  private RocksEngine(Database database, RocksOptions options) {
    this.database = database;
    this.folder = database.folder();
    this.traits = new EngineTraits(NAME, options.inlineLimit());
    this.diskUse = new DiskUse(folder);
  }

  /**
   * Opens or creates the database of a folder.
   *
   * @throws Unavailable if the folder is in use, belongs to another engine or cannot be written
   * @throws dev.anvil.ports.failure.Corrupt if it is damaged or lost what was once synced
   */
  public static RocksEngine open(Path folder, RocksOptions options) {
    return new RocksEngine(Database.open(folder, options), options);
  }

  @Override
  public EngineTraits traits() {
    return traits;
  }

  @Override
  public EngineSnapshot snapshot() {
    synchronized (snapshots) {
      refuseUnusable();
      RocksSnapshot snapshot = new RocksSnapshot(this, database.db());
      snapshots.add(snapshot);
      return snapshot;
    }
  }

  void forget(RocksSnapshot snapshot) {
    synchronized (snapshots) {
      snapshots.remove(snapshot);
    }
  }

  @Override
  public void commit(WriteSet set) {
    writing.lock();
    try {
      refuseUnusable();
      apply(set);
      commits.increment();
    } catch (RocksDBException e) {
      throw fail(e);
    } finally {
      writing.unlock();
    }
  }

  private void apply(WriteSet set) throws RocksDBException {
    int put = 0;
    try (WriteBatch batch = new WriteBatch((int) Math.min(set.byteSize() + 64, 4 << 20))) {
      for (WriteSet.Mutation m : set.mutations()) {
        if (m.isDelete()) {
          batch.delete(m.key());
        } else {
          batch.put(m.key(), m.value());
          put++;
        }
      }
      database.write(batch);
    }
    puts.add(put);
    deletes.add(set.mutations().size() - put);
  }

  @Override
  public void sync() {
    writing.lock();
    try {
      refuseUnusable();
      database.sync();
      syncs.increment();
    } catch (RocksDBException | IOException e) {
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
    writing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      endSnapshots();
      try {
        if (failure == null) {
          database.sync();
          database.flush();
        }
      } catch (RocksDBException | IOException e) {
        LOG.error("the last writes to {} may be lost", folder, e);
        throw Failures.cannotWrite(folder, e);
      } finally {
        database.free();
      }
    } finally {
      writing.unlock();
    }
  }

  private void endSnapshots() {
    List<RocksSnapshot> left;
    synchronized (snapshots) {
      left = List.copyOf(snapshots);
    }
    left.forEach(RocksSnapshot::close);
  }

  AnvilException readFailure(RocksDBException cause) {
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
