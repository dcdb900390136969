package dev.anvil.storage.volumes;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Zeros that lie in the file behind the last frame of a volume, for small frames to be written
 * over. A sync of bytes that were there before costs about half of one that lets the file grow: the
 * file system has no new length and no new extents to tell its journal. Used under the lock of the
 * lane.
 *
 * <p>Zeros are no frame and no part of what is written: a volume that is closed loses them, and
 * after a crash a start cuts them off.
 */
final class ZerosAhead {
  private static final Logger LOG = LoggerFactory.getLogger(ZerosAhead.class);

  /** Zeros that leave in one write. */
  private static final int WRITE_BYTES = 128 << 10;

  private final long volumeBytes;
  private ByteBuffer zeros;
  private Volume volume;
  private long end;
  private boolean room;

  ZerosAhead(long volumeBytes) {
    this.volumeBytes = volumeBytes;
  }

  /** So many bytes of the disk may be taken before the next look at its free space. */
  void room(long bytes) {
    room = bytes >= VolumeLimits.FREE_SPACE_CHECK_BYTES + VolumeLimits.ZEROS_AHEAD_BYTES;
  }

  /**
   * Sees to it that the next bytes of the volume lie over zeros, if they are few and the disk has
   * room. A disk that refuses them is asked again after the next look at its free space; what is to
   * be written itself may fit all the same.
   */
  void before(Volume v, int bytes) {
    if (volume != v) {
      volume = v;
      end = 0;
    }
    long from = Math.max(end, v.written());
    long needed = v.written() + bytes;
    if (needed <= from || !room || bytes > VolumeLimits.OVER_ZEROS_BYTES) {
      return;
    }
    long to = Math.min(from + VolumeLimits.ZEROS_AHEAD_BYTES, volumeBytes);
    try {
      for (long at = from; at < to; at += WRITE_BYTES) {
        v.file.write(zeros((int) Math.min(WRITE_BYTES, to - at)), at);
      }
      end = to;
    } catch (IOException e) {
      room = false;
      LOG.warn("volume {} is appended to without zeros ahead: {}", v.number(), e.toString());
    }
  }

  private ByteBuffer zeros(int bytes) {
    if (zeros == null) {
      zeros = ByteBuffer.allocateDirect(WRITE_BYTES);
    }
    return zeros.duplicate().limit(bytes);
  }

  /**
   * Cuts the file of a volume that is written no longer to what was written of it, durably. Zeros
   * that stay because the disk fails do no harm.
   */
  static void cut(Volume v) {
    try {
      if (v.file == null || v.file.size() <= v.written()) {
        return;
      }
      v.file.truncate(v.written());
    } catch (IOException e) {
      LOG.warn("zeros behind the end of volume {} stay: {}", v.number(), e.toString());
      return;
    }
    v.syncCut();
  }
}
