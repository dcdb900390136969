package dev.anvil.storage.xodus;

import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.Arrays;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Transaction;

/** Reads in one read-only transaction; the lock is for an engine that closes under its reader. */
final class XodusReader implements EngineReader {
  private final XodusEngine engine;
  private final Transaction tx;

  XodusReader(XodusEngine engine, Transaction tx) {
    this.engine = engine;
    this.tx = tx;
  }

  @Override
  public synchronized byte[] get(byte[] key) {
    engine.gets.increment();
    try {
      ByteIterable value = engine.store().get(tx, new ArrayByteIterable(key));
      return value == null ? null : bytes(value);
    } catch (RuntimeException | StackOverflowError e) {
      // a damaged page sends the library anywhere
      throw engine.readFailure(e);
    }
  }

  @Override
  public synchronized EntryCursor scan(KeyRange range, Order order) {
    try {
      return new XodusCursor(this, engine, engine.store().openCursor(tx), range, order);
    } catch (RuntimeException e) {
      throw engine.readFailure(e);
    }
  }

  @Override
  public synchronized void close() {
    engine.unregister(this);
    if (!tx.isFinished()) {
      tx.abort();
    }
  }

  /** Whether nothing may be read any more; called under the lock. */
  boolean finished() {
    return tx.isFinished();
  }

  static byte[] bytes(ByteIterable from) {
    byte[] bytes = from.getBytesUnsafe();
    int length = from.getLength();
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }
}
