package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Bytes of a volume file, big-endian; docs/formats-volumes.md describes them.
 *
 * <p>A block's check covers the body's id and the block's offset in it, so a wrong place in the
 * index can never yield wrong bytes. A frame header's check covers the volume's salt, so that
 * uploaded bytes cannot pass for a header when recovery searches for the next one.
 */
final class VolumeFormat {
  /** First bytes of a volume: ANVILVOL. */
  static final long VOLUME_MAGIC = 0x414E56494C564F4CL;

  /** The only format version so far. */
  static final int VERSION = 1;

  /** Bytes of a volume's header; it stands there twice, as its salt is needed to find frames. */
  static final int HEADER_COPY = 40;

  /** Bytes before the first frame. */
  static final int VOLUME_HEADER = 2 * HEADER_COPY;

  /** First bytes of a frame: AVF1. */
  static final int FRAME_MAGIC = 0x41564631;

  /** Bytes before a frame's first block. */
  static final int FRAME_HEADER = 40;

  /** Greatest data of a block; its check follows it. */
  static final int BLOCK = 64 << 10;

  /** Bytes of a check. */
  static final int CHECK = 4;

  /** Data of every frame of a body but the last. */
  static final int FRAME_DATA = 4 * BLOCK;

  /** Frames start at multiples of this. */
  static final int ALIGNMENT = 8;

  /** Bytes from one full frame to the next. */
  static final int FULL_FRAME = frameBytes(FRAME_DATA);

  private static final int LAST = 1;

  /** Header of a volume. */
  record VolumeHeader(int version, int boot, long number, long salt) {}

  /** Header of a frame. */
  record FrameHeader(BodyId id, long offset, int length, boolean last) {}

  private VolumeFormat() {}

  /** Bytes of a frame with so much data, padding included. */
  static int frameBytes(int length) {
    int blocks = (length + BLOCK - 1) / BLOCK;
    int bytes = FRAME_HEADER + length + blocks * CHECK;
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  static ByteBuffer volumeHeader(VolumeHeader h) {
    ByteBuffer b = ByteBuffer.allocate(HEADER_COPY);
    b.putLong(VOLUME_MAGIC).putInt(h.version).putInt(h.boot).putLong(h.number).putLong(h.salt);
    b.putInt(0);
    b.putInt(crc(b.array(), HEADER_COPY - CHECK));
    return ByteBuffer.allocate(VOLUME_HEADER).put(b.array()).put(b.array()).flip();
  }

  /** The header, or null if neither copy is sound. */
  static VolumeHeader readVolumeHeader(ByteBuffer b) {
    VolumeHeader first = readCopy(b, 0);
    return first != null ? first : readCopy(b, HEADER_COPY);
  }

  private static VolumeHeader readCopy(ByteBuffer b, int at) {
    if (b.limit() < at + HEADER_COPY) {
      return null;
    }
    byte[] bytes = new byte[HEADER_COPY];
    b.get(at, bytes);
    ByteBuffer h = ByteBuffer.wrap(bytes);
    if (h.getLong(0) != VOLUME_MAGIC
        || h.getInt(HEADER_COPY - CHECK) != crc(bytes, HEADER_COPY - CHECK)) {
      return null;
    }
    return new VolumeHeader(h.getInt(8), h.getInt(12), h.getLong(16), h.getLong(24));
  }

  /** Writes the header at the start of the buffer, whatever its position. */
  static void putFrameHeader(ByteBuffer frame, FrameHeader h, long salt, long position) {
    frame.putInt(0, FRAME_MAGIC);
    frame.putInt(4, h.last ? LAST : 0);
    frame.putLong(8, h.id.high()).putLong(16, h.id.low());
    frame.putLong(24, h.offset);
    frame.putInt(32, h.length);
    frame.putInt(36, headerCheck(frame, 0, salt, position));
  }

  /**
   * The frame header at an index of the buffer.
   *
   * @param position of the header in its volume
   * @return null if there is none that belongs there
   */
  static FrameHeader readFrameHeader(ByteBuffer b, int at, long salt, long position) {
    if (b.limit() - at < FRAME_HEADER || b.getInt(at) != FRAME_MAGIC) {
      return null;
    }
    int flags = b.getInt(at + 4);
    long offset = b.getLong(at + 24);
    int length = b.getInt(at + 32);
    boolean last = flags == LAST;
    boolean sound =
        (flags & ~LAST) == 0
            && offset >= 0
            && offset % FRAME_DATA == 0
            && (last ? length >= 0 && length <= FRAME_DATA : length == FRAME_DATA)
            && b.getInt(at + 36) == headerCheck(b, at, salt, position);
    return sound
        ? new FrameHeader(new BodyId(b.getLong(at + 8), b.getLong(at + 16)), offset, length, last)
        : null;
  }

  /** Check of the block of data that lies in the buffer. */
  static int blockCheck(BodyId id, long offset, ByteBuffer buffer, int from, int length) {
    CRC32C crc = new CRC32C();
    byte[] name =
        ByteBuffer.allocate(24).putLong(id.high()).putLong(id.low()).putLong(offset).array();
    crc.update(name, 0, name.length);
    crc.update(buffer.duplicate().limit(from + length).position(from));
    return (int) crc.getValue();
  }

  private static int headerCheck(ByteBuffer b, int at, long salt, long position) {
    byte[] bytes = new byte[16 + FRAME_HEADER - CHECK];
    ByteBuffer.wrap(bytes).putLong(salt).putLong(position);
    b.get(at, bytes, 16, FRAME_HEADER - CHECK);
    return crc(bytes, bytes.length);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
