package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import java.nio.ByteBuffer;

/**
 * One frame being filled: data goes straight to where it will lie in the file, a block's check is
 * set when the block is full. Starts small and changes once to a full frame.
 */
final class FrameBuffer {
  private final BodyId id;
  private final Buffers buffers;
  private ByteBuffer buffer;
  private long offset;
  private int length;
  private int limit = Buffers.SMALL_DATA;

  FrameBuffer(BodyId id, Buffers buffers) {
    this.id = id;
    this.buffers = buffers;
    this.buffer = buffers.take(VolumeFormat.frameBytes(limit));
    buffer.position(VolumeFormat.FRAME_HEADER);
  }

  /** Offset in the body of the frame's first byte. */
  long offset() {
    return offset;
  }

  /** Bytes of data so far. */
  int length() {
    return length;
  }

  boolean full() {
    return length == VolumeFormat.FRAME_DATA;
  }

  /** Takes as many bytes as fit. */
  void fill(ByteBuffer from) {
    while (from.hasRemaining() && !full()) {
      if (length == limit) {
        grow();
      }
      int inBlock = length % VolumeFormat.BLOCK;
      int room = Math.min(limit - length, VolumeFormat.BLOCK - inBlock);
      int n = Math.min(room, from.remaining());
      buffer.put(from.duplicate().limit(from.position() + n));
      from.position(from.position() + n);
      length += n;
      if (length % VolumeFormat.BLOCK == 0) {
        closeBlock(VolumeFormat.BLOCK);
      }
    }
  }

  /** The frame, complete but for its header. */
  ByteBuffer finish() {
    if (length % VolumeFormat.BLOCK != 0) {
      closeBlock(length % VolumeFormat.BLOCK);
    }
    while (buffer.position() % VolumeFormat.ALIGNMENT != 0) {
      buffer.put((byte) 0);
    }
    return buffer.flip();
  }

  /** Starts the next frame of the body. */
  void next() {
    offset += length;
    length = 0;
    buffer.clear().position(VolumeFormat.FRAME_HEADER);
  }

  /** Gives the memory back; nothing may be called after. */
  void release() {
    if (buffer != null) {
      buffers.give(buffer);
      buffer = null;
    }
  }

  private void closeBlock(int bytes) {
    int from = buffer.position() - bytes;
    long at = offset + length - bytes;
    buffer.putInt(VolumeFormat.blockCheck(id, at, buffer, from, bytes));
  }

  private void grow() {
    ByteBuffer larger = buffers.take(VolumeFormat.FULL_FRAME);
    larger.put(buffer.flip());
    buffers.give(buffer);
    buffer = larger;
    limit = VolumeFormat.FRAME_DATA;
  }
}
