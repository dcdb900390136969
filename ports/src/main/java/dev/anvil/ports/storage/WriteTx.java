package dev.anvil.ports.storage;

import dev.anvil.ports.journal.JournalDraft;
import java.time.Instant;

/**
 * Reads and buffered writes of one function. The function may run more than once and in any thread,
 * so it only reads, decides and writes; a function that throws leaves no trace.
 */
public interface WriteTx extends ReadTx {
  /** Puts a value; at most {@link WaistLimits#MAX_VALUE_BYTES}. */
  void put(byte[] key, byte[] value);

  /** Removes a key; absent is fine. */
  void delete(byte[] key);

  /** Appends a journal entry and returns its cursor: dense, one more than the one before. */
  long append(JournalDraft draft);

  /** Cursor the next appended entry will get; version ids are made of it. */
  long nextCursor();

  /**
   * Cursor that the first entry of the write set has, or would have: the same for every function of
   * a group, so that they may share a record under it.
   */
  long firstCursor();

  /** Time of the commit, the same for the whole group; never earlier than an earlier commit's. */
  Instant committedAt();

  /**
   * Runs after the group is durable and visible to readers, before any outcome leaves; for
   * in-memory views of this state. Must be short and must not throw.
   */
  void onDurable(Runnable action);
}
