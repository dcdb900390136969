package dev.anvil.storage.rocksdb;

import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Reads of one thread. The lock is for an engine that closes under its reader: it waits for the
 * call that is inside the library.
 */
final class RocksReader implements EngineReader {
  private final RocksEngine engine;
  private final RocksSnapshot snapshot;
  private final RocksDB db;
  private final ReadOptions options;
  private final List<RocksCursor> cursors = new ArrayList<>();
  private boolean closed;

  RocksReader(RocksEngine engine, RocksSnapshot snapshot, RocksDB db, ReadOptions options) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.db = db;
    this.options = options;
  }

  @Override
  public synchronized byte[] get(byte[] key) {
    refuseClosed();
    engine.gets.increment();
    try {
      return db.get(options, key);
    } catch (RocksDBException e) {
      throw engine.readFailure(e);
    }
  }

  @Override
  public synchronized EntryCursor scan(KeyRange range, Order order) {
    refuseClosed();
    RocksCursor cursor = new RocksCursor(engine, this, db, snapshot.options(), range, order);
    cursors.add(cursor);
    return cursor;
  }

  void refuseClosed() {
    if (closed) {
      throw engine.readerClosed();
    }
  }

  /** Called under this reader's lock. */
  void forget(RocksCursor cursor) {
    cursors.remove(cursor);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      List.copyOf(cursors).forEach(RocksCursor::close);
    }
    snapshot.forget(this);
  }
}
