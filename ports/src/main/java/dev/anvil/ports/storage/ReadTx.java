package dev.anvil.ports.storage;

/** Reads of one consistent state of a partition. Only valid inside the function it is given to. */
public interface ReadTx {
  /**
   * The value, or null when the key is absent.
   *
   * @throws dev.anvil.ports.failure.Corrupt if the stored value fails its check
   */
  byte[] get(byte[] key);

  /**
   * Entries of the range in order; closed with the transaction at the latest. In a write
   * transaction it sees the transaction's own writes made before the scan was opened.
   */
  EntryCursor scan(KeyRange range, Order order);

  /** Revision of the state read: write sets applied so far, in a write the one being built. */
  long revision();

  /** Cursor of the newest journal entry of the state read; 0 before the first. */
  long cursor();
}
