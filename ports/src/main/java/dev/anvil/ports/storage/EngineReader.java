package dev.anvil.ports.storage;

/** Reads of one snapshot by one thread. */
public interface EngineReader extends AutoCloseable {
  /** The value, or null when the key is absent. The caller does not change it. */
  byte[] get(byte[] key);

  /** Entries of the range in order; the caller closes it. */
  EntryCursor scan(KeyRange range, Order order);

  /** Gives the reader back; idempotent. */
  @Override
  void close();
}
