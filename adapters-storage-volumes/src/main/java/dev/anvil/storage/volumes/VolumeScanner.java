package dev.anvil.storage.volumes;

import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks the frame headers of a volume, for a start and for scrubbing what the index forgot. */
final class VolumeScanner {
  /** Takes each frame found. */
  interface Found {
    void frame(VolumeFormat.FrameHeader header, long position);
  }

  /**
   * What lies in a volume.
   *
   * @param skipped bytes before the end that belong to no frame
   * @param end where the last frame ends, or what is neither a frame nor zeros
   */
  record Scanned(long skipped, long end) {}

  private final DiskFile file;
  private final long salt;
  private final long size;
  private final ByteBuffer window = ByteBuffer.allocate(64 << 10);
  private long windowAt;

  VolumeScanner(DiskFile file, long salt) throws IOException {
    this.file = file;
    this.salt = salt;
    this.size = file.size();
    window.limit(0);
  }

  /**
   * Reports the frames from the position on.
   *
   * <p>Past a header that is none, the next one is searched: a write may be lost in the middle of
   * those after it, and one damaged header must not hide the rest. Zeros up to the end of the file
   * were written ahead of frames that never came, or are all that is left of frames that nobody was
   * told of.
   */
  Scanned scan(long from, Found found) throws IOException {
    long at = from;
    long skipped = 0;
    long zeros = 0;
    while (at + VolumeFormat.FRAME_HEADER <= size) {
      VolumeFormat.FrameHeader header = headerAt(at);
      if (header == null || at + VolumeFormat.frameBytes(header.length()) > size) {
        boolean zero = window.getLong((int) (at - windowAt)) == 0;
        zeros = zero ? zeros + VolumeFormat.ALIGNMENT : 0;
        at += VolumeFormat.ALIGNMENT;
        skipped += VolumeFormat.ALIGNMENT;
        continue;
      }
      found.frame(header, at);
      zeros = 0;
      at += VolumeFormat.frameBytes(header.length());
    }
    if (at >= size) {
      // also where the index knows more of the volume than its file holds
      return new Scanned(skipped, size);
    }
    int rest = rest(at);
    return rest > 0
        ? new Scanned(skipped + rest, at + rest)
        : new Scanned(skipped - zeros, at - zeros);
  }

  /** Bytes up to the last one that is not zero, of those too few for a header. */
  private int rest(long at) throws IOException {
    ByteBuffer b = ByteBuffer.allocate((int) (size - at));
    while (b.hasRemaining() && file.read(b, at + b.position()) > 0) {
      // reads on
    }
    int rest = b.position();
    while (rest > 0 && b.get(rest - 1) == 0) {
      rest--;
    }
    return rest;
  }

  private VolumeFormat.FrameHeader headerAt(long at) throws IOException {
    if (at < windowAt || at + VolumeFormat.FRAME_HEADER > windowAt + window.limit()) {
      window.clear();
      int n = file.read(window, at);
      while (n > 0 && window.position() < VolumeFormat.FRAME_HEADER) {
        n = file.read(window, at + window.position());
      }
      window.flip();
      windowAt = at;
    }
    return VolumeFormat.readFrameHeader(window, (int) (at - windowAt), salt, at);
  }
}
