package dev.anvil.storage.xodus;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.env.Cursor;

/** A scan in one direction; the library's cursor is moved to the range at the first step. */
final class XodusCursor implements EntryCursor {
  private final XodusReader reader;
  private final XodusEngine engine;
  private final Cursor cursor;
  private final KeyRange range;
  private final Order order;
  private boolean started;
  private boolean ended;
  private boolean closed;
  private byte[] key;
  private byte[] value;

  XodusCursor(XodusReader reader, XodusEngine engine, Cursor cursor, KeyRange range, Order order) {
    this.reader = reader;
    this.engine = engine;
    this.cursor = cursor;
    this.range = range;
    this.order = order;
  }

  @Override
  public boolean next() {
    synchronized (reader) {
      key = null;
      value = null;
      if (ended || closed) {
        return false;
      }
      try {
        ended = !move();
      } catch (RuntimeException | StackOverflowError e) {
        throw engine.readFailure(e);
      }
      if (!ended) {
        engine.scanned.increment();
      }
      return !ended;
    }
  }

  private boolean move() {
    if (reader.finished()) {
      throw engine.readerClosed();
    }
    boolean there;
    if (started) {
      there = order == Order.ASCENDING ? cursor.getNext() : cursor.getPrev();
    } else {
      started = true;
      there = order == Order.ASCENDING ? seekFirst() : seekLast();
    }
    if (!there) {
      return false;
    }
    byte[] found = XodusReader.bytes(cursor.getKey());
    if (!range.contains(found)) {
      return false;
    }
    key = found;
    return true;
  }

  private boolean seekFirst() {
    return cursor.getSearchKeyRange(new ArrayByteIterable(range.from())) != null;
  }

  private boolean seekLast() {
    boolean someAtOrAfter =
        range.to() != null && cursor.getSearchKeyRange(new ArrayByteIterable(range.to())) != null;
    return someAtOrAfter ? cursor.getPrev() : cursor.getLast();
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
        try {
          if (closed || reader.finished()) {
            throw engine.readerClosed();
          }
          value = XodusReader.bytes(cursor.getValue());
        } catch (RuntimeException | StackOverflowError e) {
          throw engine.readFailure(e);
        }
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
      if (!closed) {
        closed = true;
        cursor.close();
      }
    }
  }
}
