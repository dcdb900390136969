package dev.anvil.ports.bodies;

/**
 * Immutable bodies by id on this node. Records name a body, never a place.
 *
 * <p>Life of a body: created, sealed (durable), kept (a durable record names it), freed (no record
 * names it any more). What this boot sealed and has not kept is never swept; what an earlier boot
 * left unkept is garbage once the journal was read for records that name it. Threads may call at
 * once; calls block.
 */
public interface BodyStore extends AutoCloseable {
  /**
   * Starts a body.
   *
   * @throws dev.anvil.ports.failure.Unavailable if the store is sealed or full
   */
  BodyWriter create();

  /**
   * Opens a range of a sealed body.
   *
   * @throws dev.anvil.ports.failure.NotFound BodyNotFound if no such body is here
   * @throws IllegalArgumentException if the range is not inside the body
   */
  BodyReader open(BodyId id, long offset, long length);

  /** Size of a sealed body, or -1 when it is not here. */
  long size(BodyId id);

  /** A durable record names the body; idempotent; never waits for the disk. */
  void keep(BodyId id);

  /** No record names the body any more; its space is reclaimed later; idempotent. */
  void free(BodyId id);

  @Override
  void close();
}
