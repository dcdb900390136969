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

  /** Returns when every byte is durable; nothing may be written after. */
  BodyReceipt seal();

  /** Abandons an unsealed body, its space is garbage; after {@link #seal()} does nothing. */
  @Override
  void close();
}
