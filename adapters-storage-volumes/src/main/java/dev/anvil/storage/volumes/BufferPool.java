package dev.anvil.storage.volumes;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Direct buffers of one size, kept for reuse up to a count: making one costs more than a small
 * read.
 */
final class BufferPool {
  private final int size;
  private final int most;
  private final ConcurrentLinkedDeque<ByteBuffer> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger kept = new AtomicInteger();

  BufferPool(int size, int most) {
    this.size = size;
    this.most = most;
  }

  int size() {
    return size;
  }

  /** An empty buffer; the caller gives it back once. */
  ByteBuffer take() {
    ByteBuffer b = idle.pollFirst();
    if (b == null) {
      return ByteBuffer.allocateDirect(size);
    }
    kept.decrementAndGet();
    return b.clear();
  }

  void give(ByteBuffer buffer) {
    if (kept.incrementAndGet() <= most) {
      idle.addFirst(buffer);
    } else {
      kept.decrementAndGet();
    }
  }
}
