package dev.anvil.objects;

import dev.anvil.ports.storage.WriteTx;

/** Knows how to drop garbage of another kind, in steps. */
public interface Leftovers {
  /** Kind of {@link Garbage.Other} it drops. */
  int kind();

  /**
   * Drops a bounded part inside the transaction; what has bodies is left as garbage of its own.
   *
   * @param cursor of the garbage, under which more is left by {@link Garbage#leaveMore}
   * @return whether all is dropped and the record may go
   */
  boolean drop(WriteTx tx, long cursor, byte[] value);
}
