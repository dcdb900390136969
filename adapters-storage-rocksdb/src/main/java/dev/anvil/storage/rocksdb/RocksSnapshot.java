package dev.anvil.storage.rocksdb;

import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/** A snapshot of the library; its read options are shared by the readers, which only read them. */
final class RocksSnapshot implements EngineSnapshot {
  private final RocksEngine engine;
  private final RocksDB db;
  private final Snapshot state;
  private final ReadOptions options;
  private final Set<RocksReader> readers = new HashSet<>();
  private boolean closed;

  RocksSnapshot(RocksEngine engine, RocksDB db) {
    this.engine = engine;
    this.db = db;
    this.state = db.getSnapshot();
    this.options = options();
  }

  /** New options that read this state. */
  ReadOptions options() {
    return new ReadOptions().setSnapshot(state).setVerifyChecksums(true);
  }

  @Override
  public EngineReader reader() {
    synchronized (readers) {
      if (closed) {
        throw engine.readerClosed();
      }
      RocksReader reader = new RocksReader(engine, this, db, options);
      readers.add(reader);
      return reader;
    }
  }

  void forget(RocksReader reader) {
    synchronized (readers) {
      readers.remove(reader);
    }
  }

  @Override
  public void close() {
    List<RocksReader> left;
    synchronized (readers) {
      if (closed) {
        return;
      }
      closed = true;
      left = List.copyOf(readers);
    }
    left.forEach(RocksReader::close);
    options.close();
    db.releaseSnapshot(state);
    engine.forget(this);
  }
}
