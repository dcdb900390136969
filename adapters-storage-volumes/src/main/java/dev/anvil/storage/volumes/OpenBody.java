package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Frames written of a body that is not sealed, or of a copy that is not switched to. Changed and
 * captured under the lock of its lane; the volumes are pinned until {@link #release}.
 */
final class OpenBody {
  /** What a checkpoint has not stored yet of a body. */
  record Part(BodyId id, int sequence, boolean complete, List<Extent> extents) {}

  private final BodyId id;
  private final List<Extent> extents = new ArrayList<>();
  private final Map<Volume, Long> ends = new LinkedHashMap<>();
  private final Map<Volume, Long> written = new LinkedHashMap<>();
  private boolean complete;
  private long stored;
  private boolean storedComplete;
  private int nextPart;
  private int parts;

  OpenBody(BodyId id) {
    this.id = id;
  }

  BodyId id() {
    return id;
  }

  /** Extents in order of offset; valid once nothing is appended any more. */
  List<Extent> extents() {
    return extents;
  }

  /** A frame was written. */
  void add(Volumes volumes, Volume volume, Extent frame, long end, boolean last) {
    long bytes = end - frame.position();
    written.merge(volume, bytes, Long::sum);
    volume.openBytes().addAndGet(bytes);
    if (ends.put(volume, end) == null) {
      volumes.pin(volume.number());
      volume.openBodies().incrementAndGet();
    }
    BodyPlace.append(extents, frame);
    complete |= last;
  }

  /** Returns when every frame is on the disk; counts the syncs this caller did. */
  int sync() {
    int syncs = 0;
    for (Map.Entry<Volume, Long> e : ends.entrySet()) {
      syncs += e.getKey().syncThrough(e.getValue()) ? 1 : 0;
    }
    return syncs;
  }

  /** An index entry names the frames, or nothing ever will. */
  void release(Volumes volumes) {
    for (Volume v : ends.keySet()) {
      v.openBytes().addAndGet(-written.get(v));
      v.openBodies().decrementAndGet();
      volumes.unpin(v.number());
    }
    ends.clear();
    written.clear();
  }

  /** What was appended since the last call, or null. */
  Part capture() {
    List<Extent> fresh = new ArrayList<>();
    for (Extent e : extents) {
      if (e.end() > stored) {
        long from = Math.max(e.offset(), stored);
        fresh.add(new Extent(e.volume(), e.framePosition(from), from, e.end() - from));
        stored = e.end();
      } else if (e.length() == 0 && !storedComplete) {
        fresh.add(e);
      }
    }
    if (fresh.isEmpty() && storedComplete == complete) {
      return null;
    }
    storedComplete = complete;
    Part part = new Part(id, nextPart++, complete, fresh);
    parts = Math.max(parts, nextPart);
    return part;
  }

  /** What was captured may be lost: capture everything again. */
  void forgetCaptured() {
    stored = 0;
    storedComplete = false;
    nextPart = 0;
  }

  /** Parts that a checkpoint may have stored. */
  int parts() {
    return parts;
  }
}
