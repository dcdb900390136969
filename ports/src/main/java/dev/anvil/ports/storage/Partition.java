package dev.anvil.ports.storage;

import dev.anvil.ports.journal.JournalPage;
import java.util.function.Function;

/**
 * An ordered, transactional key space with one writer, one journal and one owner.
 *
 * <p>Functions of {@link #write} run one after another, each seeing the ones before; the write set
 * of a group of them becomes durable with one commit and one sync. No outcome leaves before its
 * group is durable, an exception thrown by the function included, and no reader sees a write whose
 * sync has not returned. If the group fails, all of its functions end with {@code Unavailable} and
 * {@code maybeApplied}, and the partition is {@link PartitionState#SEALED} until it was opened
 * anew. All methods block and may be called from any thread; an interrupt of a caller ends its wait
 * with {@code Unavailable} (for a write {@code maybeApplied}) and harms nothing else.
 */
public interface Partition extends AutoCloseable {
  /** Which partition this is. */
  PartitionId id();

  /** Properties of the engine below. */
  EngineTraits traits();

  /**
   * Runs the function on one durable snapshot; at most {@link WaistLimits#MAX_READ}.
   *
   * @throws dev.anvil.ports.failure.Unavailable if it is sealed or the snapshot is held too long
   */
  <T> T read(Function<ReadTx, T> function);

  /**
   * Runs the function in a group and returns when the group is durable.
   *
   * @throws dev.anvil.ports.failure.LimitExceeded TooLarge if the function alone overfills a set
   * @throws dev.anvil.ports.failure.Unavailable if sealed, overloaded, or the group failed
   */
  <T> Committed<T> write(WriteBounds bounds, Function<WriteTx, T> function);

  /** With {@link WriteBounds#DEFAULT}. */
  default <T> Committed<T> write(Function<WriteTx, T> function) {
    return write(WriteBounds.DEFAULT, function);
  }

  /** Newest durable state. */
  PartitionHead head();

  /**
   * Holds the newest durable state for a walk longer than a read may last; the caller closes it.
   *
   * @throws dev.anvil.ports.failure.Unavailable if it does not serve
   */
  HeldState hold();

  /**
   * Journal entries after the cursor, oldest first, at most {@code limit}.
   *
   * @throws dev.anvil.ports.failure.Expired CursorExpired if entries after the cursor are trimmed
   */
  JournalPage journal(long after, int limit);

  /**
   * Waits until the journal head is past the cursor or the time is over.
   *
   * @return whether it is past
   */
  boolean awaitPast(long cursor, long timeoutNanos) throws InterruptedException;

  /**
   * Drops whole journal blocks whose entries are all at or before the cursor, a bounded number per
   * call.
   *
   * @return whether more remains to be dropped
   */
  boolean trimJournal(String duty, long token, long upTo);

  /** Whether it serves. */
  PartitionState state();

  /** Counters since opening. */
  PartitionStats stats();

  /** Ends waiting functions with {@code Unavailable}, finishes the running group, closes. */
  @Override
  void close();
}
