package dev.anvil.ports.storage;

import java.util.function.Function;

/** Reads of one consistent state of a partition. Only valid inside the function it is given to. */
public interface ReadTx {
  /**
   * The value, or null when the key is absent.
   *
   * @throws dev.anvil.ports.failure.Corrupt if the stored value fails its check
   */
  byte[] get(byte[] key);

  /**
   * What a decoder makes of a value. The partition remembers the outcome for as long as the value
   * stands, so this is for few records that most functions read, such as a bucket's.
   *
   * @param decode given the value, null when the key is absent; gives the same for the same value,
   *     nothing that anybody changes, and is the only decoder of this key that is used here
   */
  default <T> T remembered(byte[] key, Function<byte[], T> decode) {
    return decode.apply(get(key));
  }

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
