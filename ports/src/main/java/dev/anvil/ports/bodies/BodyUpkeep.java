package dev.anvil.ports.bodies;

import java.util.List;

/**
 * Care of a node's {@link BodyStore} by its duties, in steps that are small, resumable and
 * idempotent; a process may be killed between and within any two of them. One thread at a time per
 * kind of step; different kinds at once.
 *
 * <p>Reconciling: for each partition read the journal after {@link #reconciledThrough}, {@link
 * BodyStore#keep} every body its entries name, then report {@link #reconciled}. When every
 * partition was read to its head as of this boot's start, {@link BodyStore#free} what {@link
 * #unkeptOfEarlierBoots} lists, page by page. The journal must not be trimmed past the reconciled
 * cursor.
 *
 * <p>Freeing: {@code free} is durable once a {@link #checkpoint} that began after it returned. A
 * sweep therefore frees, checkpoints, and only then drops its own record of what to free.
 */
public interface BodyUpkeep {
  /**
   * Brings every change so far (seals, keeps, frees, reconciled cursors) to the disk.
   *
   * @throws dev.anvil.ports.failure.Unavailable if it cannot; nothing is lost, call it again
   */
  void checkpoint();

  /** Bodies that earlier boots sealed and nobody kept, oldest first. */
  List<BodyId> unkeptOfEarlierBoots(int limit);

  /**
   * Kept bodies after the given one (null for the first) in the order of their ids, as of the last
   * {@link #checkpoint}; fewer than the limit only at the end.
   */
  List<BodyId> keptAfter(BodyId after, int limit);

  /**
   * The cursor up to which the journal of the partition of this number was read for bodies; 0
   * before the first.
   */
  long reconciledThrough(int partition);

  /** Everything named up to the cursor was kept; durable with the next checkpoint. */
  void reconciled(int partition, long cursor);

  /**
   * Moves live bodies out of the volume with the most garbage and deletes it once empty and unread.
   *
   * @return whether the next step has something to do under the same terms
   * @throws dev.anvil.ports.failure.Unavailable if the disk is full or fails
   */
  boolean compactStep(CompactionTerms terms);

  /** The same for whatever has that share of garbage, at once. */
  default boolean compactStep(double deadShare, long maxBytes) {
    return compactStep(CompactionTerms.whatever(deadShare, maxBytes));
  }

  /**
   * Reads the next bodies from the disk and checks them, in the order of the volumes.
   *
   * @param maxBytes to read in this step, at least one frame is; the caller sets the rate. A store
   *     that was written to much since the last step may read less
   */
  ScrubResult scrubStep(long maxBytes);

  /**
   * Starts a body under a name that another store gave it, as a restore does; names given out later
   * are greater. A body of that name that is here already must not be written again.
   *
   * @throws dev.anvil.ports.failure.Unavailable if the store is sealed or full
   */
  BodyWriter importing(BodyId id);

  /** Figures for metrics; cheap. */
  BodyStats stats();
}
