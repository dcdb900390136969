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
   * those after it, and one damaged header must not hide the rest.
   *
   * @return bytes skipped in the search
   */
  long scan(long from, Found found) throws IOException {
    long at = from;
    long skipped = 0;
    while (at + VolumeFormat.FRAME_HEADER <= size) {
      VolumeFormat.FrameHeader header = headerAt(at);
      if (header == null || at + VolumeFormat.frameBytes(header.length()) > size) {
        at += VolumeFormat.ALIGNMENT;
        skipped += VolumeFormat.ALIGNMENT;
        continue;
      }
      found.frame(header, at);
      at += VolumeFormat.frameBytes(header.length());
    }
    return skipped;
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
