package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.failure.Unavailable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bodies on their way in: begins them, and hands them to the index or to oblivion. */
final class OpenBodies {
  private final Map<BodyId, OpenBody> open = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicLong sealed = new AtomicLong();
  private final AtomicLong syncs = new AtomicLong();
  private final LargeBodies large;
  private final VolumeLimits limits;
  private final Volumes volumes;
  private final BodyIndex index;
  private final Buffers buffers;

  OpenBodies(VolumeLimits limits, Volumes volumes, BodyIndex index, Buffers buffers) {
    this.limits = limits;
    this.volumes = volumes;
    this.large = new LargeBodies(volumes::notSoon, VolumeLimits.LARGE_IN_MEMORY);
    this.index = index;
    this.buffers = buffers;
  }

  Collection<OpenBody> all() {
    return open.values();
  }

  VolumeBodyWriter begin(BodyId id, List<AppendLane> lanes) {
    OpenBody body = admit(id);
    return new VolumeBodyWriter(this, lane(lanes), body, new FrameBuffer(id, buffers));
  }

  /** The lane whose turn it is. */
  AppendLane lane(List<AppendLane> lanes) {
    return lanes.get(Math.floorMod(turn.getAndIncrement(), lanes.size()));
  }

  /** Counts a body in that somebody writes bit by bit. */
  private OpenBody admit(BodyId id) {
    if (count.incrementAndGet() > limits.openBodies()) {
      count.decrementAndGet();
      throw new Unavailable(
          Unavailable.Reason.OVERLOADED,
          limits.openBodies() + " bodies are being written: try again later",
          Map.of("limit", limits.openBodies()));
    }
    return admitWhole(id);
  }

  /** A body that is whole in memory: it holds no buffer while others write, so none is counted. */
  OpenBody admitWhole(BodyId id) {
    OpenBody body = new OpenBody(id);
    open.put(id, body);
    return body;
  }

  /**
   * The body is on the disk. Under the lane's lock, so that a checkpoint sees it either open or in
   * the index.
   */
  void sealed(AppendLane lane, OpenBody body, long size) {
    lane.lock().lock();
    try {
      BodyPlace place = new BodyPlace(size, body.extents());
      index.sealed(body.id(), place, Change.Kept.UNKEPT, body.parts());
      open.remove(body.id());
    } finally {
      lane.lock().unlock();
    }
    sealed.incrementAndGet();
    large.sealed(size, body.extents());
    end(body);
  }

  /** A body turns out to have more than a frame. */
  void grows() {
    large.trim();
  }

  /** The same of several bodies of one frame each. */
  List<BodyReceipt> sealedAll(AppendLane lane, List<OpenBody> bodies, List<ByteBuffer> contents) {
    List<BodyReceipt> receipts = new ArrayList<>(bodies.size());
    lane.lock().lock();
    try {
      for (int i = 0; i < bodies.size(); i++) {
        OpenBody body = bodies.get(i);
        int size = contents.get(i).remaining();
        index.sealed(
            body.id(), new BodyPlace(size, body.extents()), Change.Kept.UNKEPT, body.parts());
        open.remove(body.id());
        receipts.add(new BodyReceipt(body.id(), size));
      }
    } finally {
      lane.lock().unlock();
    }
    sealed.addAndGet(bodies.size());
    bodies.forEach(body -> body.release(volumes));
    return receipts;
  }

  void abandoned(AppendLane lane, OpenBody body) {
    forget(lane, body);
    end(body);
  }

  /** The same of bodies that came whole. */
  void abandonedAll(AppendLane lane, List<OpenBody> bodies) {
    for (OpenBody body : bodies) {
      forget(lane, body);
      body.release(volumes);
    }
  }

  private void forget(AppendLane lane, OpenBody body) {
    lane.lock().lock();
    try {
      open.remove(body.id());
      index.abandoned(body.id(), body.parts());
    } finally {
      lane.lock().unlock();
    }
  }

  private void end(OpenBody body) {
    body.release(volumes);
    count.decrementAndGet();
  }

  void synced(int times) {
    syncs.addAndGet(times);
  }

  int count() {
    return count.get();
  }

  long sealedCount() {
    return sealed.get();
  }

  long syncCount() {
    return syncs.get();
  }
}
