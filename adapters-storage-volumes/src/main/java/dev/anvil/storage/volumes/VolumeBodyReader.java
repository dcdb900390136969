package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyFinding;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.failure.Corrupt;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads a range in pieces of at most a frame, and checks each block before it hands it out. */
final class VolumeBodyReader implements BodyReader {
  private final BodyId id;
  private final BodyPlace place;
  private final Volumes volumes;
  private final Set<Integer> pinned;
  private final Buffers buffers;
  private final Consumer<BodyFinding> findings;
  private final long end;
  private long at;

  /** Blocks read and not handed out: the first lies at {@code bufferAt} in the body. */
  private ByteBuffer buffer;

  private long blockAt;
  private int bufferIndex;
  private long bufferEnd;
  private int volume;
  private long position;
  private boolean closed;

  VolumeBodyReader(
      BodyId id,
      BodyPlace place,
      long offset,
      long length,
      Volumes volumes,
      Set<Integer> pinned,
      Buffers buffers,
      Consumer<BodyFinding> findings) {
    this.id = id;
    this.place = place;
    this.at = offset;
    this.end = offset + length;
    this.volumes = volumes;
    this.pinned = pinned;
    this.buffers = buffers;
    this.findings = findings;
  }

  @Override
  public ByteBuffer next() {
    if (closed) {
      throw new IllegalStateException("the reader of body " + id + " is closed");
    }
    if (at >= end) {
      return null;
    }
    if (buffer == null || at >= bufferEnd) {
      load();
    }
    int length = (int) Math.min(VolumeFormat.BLOCK, bufferEnd - blockAt);
    int stored = buffer.getInt(bufferIndex + length);
    int actual = VolumeFormat.blockCheck(id, blockAt, buffer, bufferIndex, length);
    if (stored != actual) {
      throw corrupt(position + bufferIndex, stored, actual, "a block fails its check");
    }
    int from = bufferIndex + (int) (at - blockAt);
    int to = bufferIndex + (int) Math.min(length, end - blockAt);
    ByteBuffer out = buffer.duplicate().limit(to).position(from).slice().asReadOnlyBuffer();
    at += to - from;
    blockAt += length;
    bufferIndex += length + VolumeFormat.CHECK;
    return out;
  }

  /** Reads the blocks of one frame that the range needs. */
  private void load() {
    Extent e = place.extents().get(place.extentOf(at));
    long inExtent = at - e.offset();
    long frameAt = e.offset() + inExtent / VolumeFormat.FRAME_DATA * VolumeFormat.FRAME_DATA;
    long frameEnd = Math.min(frameAt + VolumeFormat.FRAME_DATA, e.end());
    int firstBlock = (int) ((at - frameAt) / VolumeFormat.BLOCK);
    long from = frameAt + (long) firstBlock * VolumeFormat.BLOCK;
    long blocks = (Math.min(end, frameEnd) - from + VolumeFormat.BLOCK - 1) / VolumeFormat.BLOCK;
    long to = Math.min(frameEnd, from + blocks * VolumeFormat.BLOCK);
    int bytes = (int) (to - from + blocks * VolumeFormat.CHECK);
    if (buffer == null || buffer.capacity() < bytes) {
      release();
      buffer = buffers.take(bytes);
    }
    buffer.clear().limit(bytes);
    volume = e.volume();
    position =
        e.framePosition(at)
            + VolumeFormat.FRAME_HEADER
            + (long) firstBlock * (VolumeFormat.BLOCK + VolumeFormat.CHECK);
    blockAt = from;
    bufferIndex = 0;
    bufferEnd = to;
    read();
  }

  private void read() {
    try {
      if (!FrameReads.readFully(volumes.file(volume), buffer, position)) {
        throw corrupt(position, 0, 0, "volume " + volume + " ends early");
      }
    } catch (java.io.IOException e) {
      throw Volumes.unreadable(volume, e);
    } catch (Corrupt e) {
      throw new Corrupt(
          Corrupt.Reason.CORRUPT,
          "body " + id + " cannot be read: " + e.getMessage(),
          Map.of("body", id.toString()));
    }
    buffer.flip();
  }

  private Corrupt corrupt(long position, int expected, int actual, String why) {
    findings.accept(new BodyFinding(id, volume, position, expected, actual, why));
    return new Corrupt(
        Corrupt.Reason.CORRUPT,
        String.format("body %s at byte %d: %s", id, blockAt, why),
        Map.of("body", id.toString(), "offset", blockAt));
  }

  private void release() {
    if (buffer != null) {
      buffers.give(buffer);
      buffer = null;
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release();
      pinned.forEach(volumes::unpin);
    }
  }
}
