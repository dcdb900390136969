package dev.anvil.storage.rocksdb;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * A scan in one direction. The range is given to the library, so that it does not walk through
 * deleted entries beyond it.
 */
final class RocksCursor implements EntryCursor {
  private final RocksEngine engine;
  private final RocksReader reader;
  private final ReadOptions options;
  private final Slice lower;
  private final Slice upper;
  private final RocksIterator iterator;
  private final Order order;
  private boolean started;
  private boolean ended;
  private boolean closed;
  private byte[] key;
  private byte[] value;

  /** Owns the options. */
  RocksCursor(
      RocksEngine engine,
      RocksReader reader,
      RocksDB db,
      ReadOptions options,
      KeyRange range,
      Order order) {
    this.engine = engine;
    this.reader = reader;
    this.options = options;
    this.order = order;
    this.ended = range.to() != null && Arrays.compareUnsigned(range.from(), range.to()) >= 0;
    this.lower = new Slice(range.from());
    this.upper = range.to() == null ? null : new Slice(range.to());
    options.setIterateLowerBound(lower);
    if (upper != null) {
      options.setIterateUpperBound(upper);
    }
    this.iterator = ended ? null : db.newIterator(options);
  }

  @Override
  public boolean next() {
    synchronized (reader) {
      key = null;
      value = null;
      if (ended || closed) {
        return false;
      }
      reader.refuseClosed();
      move();
      if (iterator.isValid()) {
        key = iterator.key();
        engine.scanned.increment();
        return true;
      }
      ended = true;
      try {
        iterator.status();
      } catch (RocksDBException e) {
        throw engine.readFailure(e);
      }
      return false;
    }
  }

  private void move() {
    boolean ascending = order == Order.ASCENDING;
    if (started) {
      if (ascending) {
        iterator.next();
      } else {
        iterator.prev();
      }
    } else {
      started = true;
      if (ascending) {
        iterator.seekToFirst();
      } else {
        iterator.seekToLast();
      }
    }
  }

  @Override
  public byte[] key() {
    requireEntry();
    return key;
  }

  @Override
  public byte[] value() {
    requireEntry();
    synchronized (reader) {
      if (value == null) {
        if (closed) {
          throw engine.readerClosed();
        }
        value = iterator.value();
      }
      return value;
    }
  }

  private void requireEntry() {
    if (key == null) {
      throw new IllegalStateException("the scan is not at an entry");
    }
  }

  @Override
  public void close() {
    synchronized (reader) {
      if (closed) {
        return;
      }
      closed = true;
      if (iterator != null) {
        iterator.close();
      }
      options.close();
      lower.close();
      if (upper != null) {
        upper.close();
      }
      reader.forget(this);
    }
  }
}
