package dev.anvil.storage.volumes;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Large bodies that were written last. The system keeps what was written in memory, in fresh pages,
 * until it has no more: a stream of large uploads then pushes out what is read often, and each
 * fresh page costs more than the copy into it. So all but so many bytes are given up, and their
 * pages serve the next.
 */
final class LargeBodies {
  private final Consumer<Extent> hint;
  private final long most;
  private final ArrayDeque<Extent> written = new ArrayDeque<>();
  private long bytes;

  /**
   * Keeps so much.
   *
   * @param hint tells the system that the bytes of an extent are not needed soon
   */
  LargeBodies(Consumer<Extent> hint, long most) {
    this.hint = hint;
    this.most = most;
  }

  /** A body is on the disk. */
  void sealed(long size, List<Extent> extents) {
    if (size < VolumeLimits.LARGE_BODY) {
      return;
    }
    synchronized (this) {
      for (Extent e : extents) {
        written.add(e);
        bytes += e.storedBytes();
      }
    }
  }

  /** Gives up what is over the bound, the oldest first; for a thread that writes a large body. */
  void trim() {
    for (Extent e = oldest(); e != null; e = oldest()) {
      hint.accept(e);
    }
  }

  private synchronized Extent oldest() {
    if (bytes <= most) {
      return null;
    }
    Extent e = written.poll();
    bytes -= e.storedBytes();
    return e;
  }
}
