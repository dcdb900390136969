package dev.anvil.ports.storage;

/**
 * An ordered map of bytes to bytes on one folder, the least a storage library must offer.
 *
 * <p>One thread commits and syncs (the partition's writer); any thread opens readers. Keys are at
 * most {@link WaistLimits#MAX_KEY_BYTES}, values {@link WaistLimits#MAX_STORED_VALUE_BYTES}.
 * Nothing here retries: after a failed commit or sync the engine is unusable and must be closed and
 * opened again; what is found then is the last synced state or any later commit, never a part of a
 * commit. An interrupt of a calling thread neither damages the engine nor loses a commit.
 */
public interface Engine extends AutoCloseable {
  /** Name and measured properties. */
  EngineTraits traits();

  /** The state after the latest commit; never null. */
  EngineSnapshot snapshot();

  /**
   * Applies the set atomically. Snapshots taken before do not see it, snapshots taken after see all
   * of it. It is durable only after {@link #sync()}.
   *
   * @throws dev.anvil.ports.failure.Unavailable if it cannot; the outcome is unknown
   */
  void commit(WriteSet set);

  /**
   * Returns when everything committed before is on the disk, folder entries included.
   *
   * @throws dev.anvil.ports.failure.Unavailable if it cannot; the engine is then unusable
   */
  void sync();

  /** Counters since opening. */
  EngineStats stats();

  /** Syncs what is committed if the engine is usable, and frees the folder; idempotent. */
  @Override
  void close();
}
