package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unavailable;
import java.nio.ByteBuffer;
import java.util.Map;

/** Puts a body into frames; holds one frame in memory. */
final class VolumeBodyWriter implements BodyWriter {
  private final OpenBodies store;
  private final AppendLane lane;
  private final OpenBody body;
  private final FrameBuffer frame;
  private boolean finished;
  private boolean sealed;
  private boolean ended;

  VolumeBodyWriter(OpenBodies store, AppendLane lane, OpenBody body, FrameBuffer frame) {
    this.store = store;
    this.lane = lane;
    this.body = body;
    this.frame = frame;
  }

  @Override
  public BodyId id() {
    return body.id();
  }

  @Override
  public void write(ByteBuffer bytes) {
    writable();
    requireFits(frame.offset() + frame.length(), bytes.remaining());
    while (bytes.hasRemaining()) {
      if (frame.full()) {
        flush(false);
        frame.next();
        store.grows();
      }
      frame.fill(bytes);
    }
  }

  static void requireFits(long size, int more) {
    if (size + more > VolumeLimits.MAX_BODY_BYTES) {
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          "a body has at most " + VolumeLimits.MAX_BODY_BYTES + " bytes: send less",
          Map.of("limit", VolumeLimits.MAX_BODY_BYTES));
    }
  }

  @Override
  public void finish() {
    writable();
    flush(true);
    finished = true;
    frame.release();
  }

  @Override
  public BodyReceipt seal() {
    if (!finished) {
      finish();
    }
    unsealed();
    long size = frame.offset() + frame.length();
    try {
      store.synced(body.sync());
    } catch (Unavailable e) {
      abandon();
      throw e;
    }
    sealed = true;
    end(() -> store.sealed(lane, body, size));
    return new BodyReceipt(body.id(), size);
  }

  private void flush(boolean last) {
    try {
      lane.append(frame.finish(), body, body.id(), frame.offset(), frame.length(), last);
    } catch (Unavailable e) {
      // frames before this one may be in a volume that failed: the body cannot be mended
      abandon();
      throw e;
    }
  }

  private void writable() {
    unsealed();
    if (finished) {
      throw new IllegalStateException("body " + body.id() + " is finished");
    }
  }

  private void unsealed() {
    if (sealed) {
      throw new IllegalStateException("body " + body.id() + " is sealed");
    }
    if (ended) {
      throw new Unavailable(
          Unavailable.Reason.STORAGE, "body " + body.id() + " failed or was closed: start again");
    }
  }

  private void abandon() {
    end(() -> store.abandoned(lane, body));
  }

  private void end(Runnable how) {
    ended = true;
    frame.release();
    how.run();
  }

  @Override
  public void close() {
    if (!ended) {
      abandon();
    }
  }
}
