package dev.anvil.storage.volumes;

import java.nio.ByteBuffer;

/** The two sizes of buffer a store works with. */
final class Buffers {
  /** Data that fits a frame in a small buffer: most bodies. */
  static final int SMALL_DATA = 16 << 10;

  private static final int KEPT_SMALL = 256;
  private static final int KEPT_LARGE = 64;

  private final BufferPool small = new BufferPool(VolumeFormat.frameBytes(SMALL_DATA), KEPT_SMALL);
  private final BufferPool large = new BufferPool(VolumeFormat.FULL_FRAME, KEPT_LARGE);

  /** A buffer that holds at least so many bytes. */
  ByteBuffer take(int bytes) {
    return bytes <= small.size() ? small.take() : large.take();
  }

  void give(ByteBuffer buffer) {
    if (buffer.capacity() == small.size()) {
      small.give(buffer);
    } else {
      large.give(buffer);
    }
  }
}
