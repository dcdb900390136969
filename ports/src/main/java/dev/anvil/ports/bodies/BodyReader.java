package dev.anvil.ports.bodies;

import java.nio.ByteBuffer;

/**
 * Bytes of a range on their way out; one thread. It reads to the end whatever is deleted,
 * overwritten or compacted meanwhile.
 */
public interface BodyReader extends AutoCloseable {
  /**
   * The next bytes, already checked against their checksum; null at the end. The buffer is valid
   * until the next call.
   *
   * @throws dev.anvil.ports.failure.Corrupt if a block fails its check
   */
  ByteBuffer next();

  /** Ends the read; idempotent. */
  @Override
  void close();
}
