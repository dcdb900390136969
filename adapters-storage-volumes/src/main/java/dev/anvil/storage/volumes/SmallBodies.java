package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts bodies of one frame each: those that came together share writes and the sync. Either all of
 * a call are sealed, or none.
 */
final class SmallBodies {
  /** Frames of at most so many bytes leave in one write. */
  private static final int WRITE_BYTES = VolumeFormat.FULL_FRAME;

  private final OpenBodies open;
  private final Buffers buffers;
  private final BodyIds ids;

  SmallBodies(OpenBodies open, Buffers buffers, BodyIds ids) {
    this.open = open;
    this.buffers = buffers;
    this.ids = ids;
  }

  List<BodyReceipt> putAll(AppendLane lane, List<ByteBuffer> contents) {
    List<OpenBody> bodies = new ArrayList<>(contents.size());
    boolean done = false;
    try {
      for (ByteBuffer content : contents) {
        if (content.remaining() > BodyStore.SMALL_BODY) {
          throw new IllegalArgumentException(
              content.remaining() + " bytes are no small body of at most " + BodyStore.SMALL_BODY);
        }
        bodies.add(open.admitWhole(ids.next()));
      }
      for (int from = 0; from < bodies.size(); ) {
        from = write(lane, bodies, contents, from);
      }
      // the last body lies furthest: a sync that reaches it has passed the others of its volume
      for (OpenBody body : bodies.reversed()) {
        open.synced(body.sync());
      }
      done = true;
    } finally {
      if (!done) {
        open.abandonedAll(lane, bodies);
      }
    }
    return open.sealedAll(lane, bodies, contents);
  }

  /** Writes as many as leave in one write; returns the first that did not. */
  private int write(AppendLane lane, List<OpenBody> bodies, List<ByteBuffer> contents, int from) {
    int bytes = 0;
    int to = from;
    while (to < bodies.size()) {
      int more = VolumeFormat.frameBytes(contents.get(to).remaining());
      if (bytes + more > WRITE_BYTES) {
        break;
      }
      bytes += more;
      to++;
    }
    ByteBuffer frames = buffers.take(bytes);
    try {
      int[] lengths = new int[to - from];
      for (int i = from; i < to; i++) {
        lengths[i - from] = contents.get(i).remaining();
        putFrame(frames, bodies.get(i), contents.get(i));
      }
      lane.appendWhole(frames.flip(), bodies.subList(from, to), lengths);
    } finally {
      buffers.give(frames);
    }
    return to;
  }

  /** The frame but for its header, padded like any other. */
  private static void putFrame(ByteBuffer frames, OpenBody body, ByteBuffer content) {
    int start = frames.position();
    int length = content.remaining();
    int data = start + VolumeFormat.FRAME_HEADER;
    frames.position(data).put(content.duplicate());
    if (length > 0) {
      frames.putInt(VolumeFormat.blockCheck(body.id(), 0, frames, data, length));
    }
    int end = start + VolumeFormat.frameBytes(length);
    while (frames.position() < end) {
      frames.put((byte) 0);
    }
  }
}
