package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** The end of one volume, where frames of many bodies are put one after another. */
final class AppendLane {
  private final Disk disk;
  private final Volumes volumes;
  private final VolumeLimits limits;
  private final BodyIds ids;
  private final AtomicLong frames;
  private final ReentrantLock lock = new ReentrantLock();
  private final ZerosAhead zeros;
  private Volume active;
  private boolean ended;
  private long uncheckedBytes = VolumeLimits.FREE_SPACE_CHECK_BYTES;

  AppendLane(
      Disk disk, Volumes volumes, VolumeLimits limits, BodyIds ids, AtomicLong framesWritten) {
    this.disk = disk;
    this.volumes = volumes;
    this.limits = limits;
    this.ids = ids;
    this.frames = framesWritten;
    this.zeros = new ZerosAhead(limits.volumeBytes());
  }

  /** Held while frames are put, and while a checkpoint captures positions and open bodies. */
  ReentrantLock lock() {
    return lock;
  }

  /**
   * Writes the frame, whose header is set here, and adds it to the body.
   *
   * @throws Unavailable if it could not be written; the volume is then never written again
   */
  void append(ByteBuffer frame, OpenBody body, BodyId id, long offset, int length, boolean last) {
    lock.lock();
    try {
      checkFreeSpace();
      put(frame, body, id, offset, length, last);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same for a frame that is moved so that more than it takes comes back: see {@link #fits}.
   */
  void move(ByteBuffer frame, OpenBody body, BodyId id, long offset, int length, boolean last) {
    lock.lock();
    try {
      put(frame, body, id, offset, length, last);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether so many bytes may be moved: into the space that bodies leave alone too, but for a
   * quarter of it, which the engines may need until the old volume is gone.
   */
  boolean fits(long bytes) {
    try {
      return disk.freeBytes() - bytes >= limits.reservedBytes() / 4;
    } catch (IOException e) {
      throw Failures.of(e, "asking for free space");
    }
  }

  private void put(
      ByteBuffer frame, OpenBody body, BodyId id, long offset, int length, boolean last) {
    Volume v = ready(frame.remaining());
    long position = v.written();
    int bytes = frame.remaining();
    VolumeFormat.putFrameHeader(
        frame, new VolumeFormat.FrameHeader(id, offset, length, last), v.salt(), position);
    write(v, frame, position);
    v.written(position + bytes);
    uncheckedBytes += bytes;
    frames.incrementAndGet();
    Extent extent = new Extent(v.number(), position, offset, length);
    body.add(volumes, v, extent, position + bytes, last);
  }

  /**
   * Writes bodies of one frame each with one write, over zeros where there is room for them.
   *
   * @param frames the frames one after another, complete but for their headers, which are set here
   * @param lengths bytes of data of each body
   * @throws Unavailable if they could not be written; the volume is then never written again
   */
  void appendWhole(ByteBuffer frames, List<OpenBody> bodies, int[] lengths) {
    lock.lock();
    try {
      int bytes = frames.remaining();
      checkFreeSpace();
      Volume v = ready(bytes);
      zeros.before(v, bytes);
      long start = v.written();
      long position = start;
      for (int i = 0; i < lengths.length; i++) {
        int size = VolumeFormat.frameBytes(lengths[i]);
        ByteBuffer frame = frames.slice((int) (position - start), size);
        VolumeFormat.putFrameHeader(
            frame,
            new VolumeFormat.FrameHeader(bodies.get(i).id(), 0, lengths[i], true),
            v.salt(),
            position);
        position += size;
      }
      write(v, frames, start);
      position = start;
      for (int i = 0; i < lengths.length; i++) {
        Extent extent = new Extent(v.number(), position, 0, lengths[i]);
        position += VolumeFormat.frameBytes(lengths[i]);
        bodies.get(i).add(volumes, v, extent, position, true);
      }
      v.written(position);
      uncheckedBytes += bytes;
      this.frames.addAndGet(lengths.length);
    } finally {
      lock.unlock();
    }
  }

  private void write(Volume v, ByteBuffer bytes, long position) {
    try {
      v.file.write(bytes, position);
    } catch (IOException e) {
      v.fail(e);
      give(v);
      throw Failures.of(e, "writing volume " + v.number());
    }
  }

  private Volume ready(int bytes) {
    if (ended) {
      throw new Unavailable(Unavailable.Reason.UNAVAILABLE, "the body store is closed");
    }
    if (active != null && (active.failed() || active.written() + bytes > limits.volumeBytes())) {
      give(active);
    }
    if (active == null) {
      try {
        active = volumes.create(ids.boot(), ids.draw());
        volumes.pin(active.number());
      } catch (IOException e) {
        throw Failures.of(e, "creating a volume");
      }
    }
    return active;
  }

  private void give(Volume v) {
    ZerosAhead.cut(v);
    v.stopAppending();
    active = null;
    volumes.unpin(v.number());
  }

  private void checkFreeSpace() {
    if (uncheckedBytes < VolumeLimits.FREE_SPACE_CHECK_BYTES) {
      return;
    }
    try {
      long free = disk.freeBytes();
      if (free < limits.reservedBytes()) {
        throw new Unavailable(
            Unavailable.Reason.STORAGE_FULL,
            "the disk has "
                + free
                + " bytes left and bodies leave "
                + limits.reservedBytes()
                + " alone: free some space");
      }
      zeros.room(free - limits.reservedBytes());
    } catch (IOException e) {
      throw Failures.of(e, "asking for free space");
    }
    uncheckedBytes = 0;
  }

  /** The volume that is written, or null before the first frame of it. */
  Volume active() {
    lock.lock();
    try {
      return active;
    } finally {
      lock.unlock();
    }
  }

  /** Writes this volume no longer, should it still be the active one; the next frame begins one. */
  void retire(Volume volume) {
    lock.lock();
    try {
      if (active == volume) {
        give(volume);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the active volume; no frame follows. */
  void end() {
    lock.lock();
    try {
      ended = true;
      if (active != null) {
        give(active);
      }
    } finally {
      lock.unlock();
    }
  }
}
