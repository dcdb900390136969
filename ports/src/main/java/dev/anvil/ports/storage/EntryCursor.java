package dev.anvil.ports.storage;

/**
 * A position in a scan; starts before the first entry. One thread. Not valid after the reader or
 * transaction that opened it ended.
 */
public interface EntryCursor extends AutoCloseable {
  /** Moves to the next entry; false at the end of the range. */
  boolean next();

  /** Key of the current entry; the caller does not change it. */
  byte[] key();

  /** Value of the current entry; the caller does not change it. */
  byte[] value();

  /** Gives up the position; idempotent. */
  @Override
  void close();
}
