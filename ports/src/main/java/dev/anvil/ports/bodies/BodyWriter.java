package dev.anvil.ports.bodies;

import java.nio.ByteBuffer;

/** One body on its way in; one thread; memory is bounded whatever the size. */
public interface BodyWriter extends AutoCloseable {
  /** The name it will have. */
  BodyId id();

  /**
   * Takes all remaining bytes.
   *
   * @throws dev.anvil.ports.failure.Unavailable if the disk is full or fails
   */
  void write(ByteBuffer bytes);

  /**
   * Nothing follows: writes what is left and lets go of memory, without waiting for the disk, so
   * that a {@link #seal()} which comes later, perhaps of another thread, has a sync to do and no
   * more. Bodies that are sealed one after another share that sync.
   *
   * @throws dev.anvil.ports.failure.Unavailable if the disk is full or fails
   */
  default void finish() {}

  /** Returns when every byte is durable; nothing may be written after. */
  BodyReceipt seal();

  /** Abandons an unsealed body, its space is garbage; after {@link #seal()} does nothing. */
  @Override
  void close();
}
