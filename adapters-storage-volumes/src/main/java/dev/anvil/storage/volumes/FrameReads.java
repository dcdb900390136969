package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyFinding;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads whole frames and says what is wrong with them; for compaction and scrubbing. */
final class FrameReads {
  private FrameReads() {}

  /** Fills the buffer; false if the file ends before. */
  static boolean readFully(DiskFile file, ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int n = file.read(into, at);
      if (n < 0) {
        return false;
      }
      at += n;
    }
    return true;
  }

  /** Bytes of data in a frame of an extent. */
  static int dataIn(Extent e, long frame) {
    long before = frame * VolumeFormat.FRAME_DATA;
    return (int) Math.min(VolumeFormat.FRAME_DATA, e.length() - before);
  }

  /**
   * Reads a frame and checks its blocks.
   *
   * @param buffer filled with the frame, from 0 to its limit
   * @return what is wrong, or null
   */
  static BodyFinding read(DiskFile file, BodyId id, Extent e, long frame, ByteBuffer buffer)
      throws IOException {
    int length = dataIn(e, frame);
    long position = e.position() + frame * VolumeFormat.FULL_FRAME;
    buffer.clear().limit(VolumeFormat.frameBytes(length));
    if (!readFully(file, buffer, position)) {
      return new BodyFinding(id, e.volume(), position, 0, 0, "the volume ends early");
    }
    buffer.flip();
    long offset = e.offset() + frame * VolumeFormat.FRAME_DATA;
    int at = VolumeFormat.FRAME_HEADER;
    for (int done = 0; done < length; ) {
      int n = Math.min(VolumeFormat.BLOCK, length - done);
      int stored = buffer.getInt(at + n);
      int actual = VolumeFormat.blockCheck(id, offset + done, buffer, at, n);
      if (stored != actual) {
        return new BodyFinding(
            id, e.volume(), position + at, stored, actual, "a block fails its check");
      }
      at += n + VolumeFormat.CHECK;
      done += n;
    }
    return null;
  }
}
