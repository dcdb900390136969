package dev.anvil.ports.bodies;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Immutable bodies by id on this node. Records name a body, never a place.
 *
 * <p>Life of a body: created, sealed (durable), kept (a durable record names it), freed (no record
 * names it any more). What this boot sealed and has not kept is never swept; what an earlier boot
 * left unkept is garbage once the journal was read for records that name it. Threads may call at
 * once; calls block.
 */
public interface BodyStore extends AutoCloseable {
  /** Greatest body in bytes that {@link #putAll} takes. */
  int SMALL_BODY = 16 << 10;

  /**
   * Starts a body.
   *
   * @throws dev.anvil.ports.failure.Unavailable if the store is sealed or full
   */
  BodyWriter create();

  /**
   * Stores bodies that are whole in memory, with as few syncs as the store can; returns when every
   * byte of all of them is durable. If it fails none of them is stored.
   *
   * @param contents the bytes between position and limit of each, at most {@link #SMALL_BODY}
   * @return their receipts in the same order
   * @throws dev.anvil.ports.failure.Unavailable if the store is sealed or full, or the disk fails
   */
  default List<BodyReceipt> putAll(List<ByteBuffer> contents) {
    List<BodyReceipt> sealed = new ArrayList<>(contents.size());
    boolean done = false;
    try {
      for (ByteBuffer content : contents) {
        try (BodyWriter writer = create()) {
          writer.write(content);
          sealed.add(writer.seal());
        }
      }
      done = true;
      return sealed;
    } finally {
      if (!done) {
        sealed.forEach(r -> free(r.id()));
      }
    }
  }

  /**
   * Opens a range of a sealed body.
   *
   * @throws dev.anvil.ports.failure.NotFound BodyNotFound if no such body is here
   * @throws IllegalArgumentException if the range is not inside the body
   */
  BodyReader open(BodyId id, long offset, long length);

  /** Size of a sealed body, or -1 when it is not here. */
  long size(BodyId id);

  /**
   * A durable record names the body; idempotent; never waits for the disk and never fails, in a
   * closed store neither: the journal tells its next start.
   */
  void keep(BodyId id);

  /** No record names the body any more; its space is reclaimed later; idempotent. */
  void free(BodyId id);

  @Override
  void close();
}
