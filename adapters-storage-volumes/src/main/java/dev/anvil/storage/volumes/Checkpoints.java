package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.storage.volumes.IndexRecords.Meta;
import dev.anvil.storage.volumes.IndexRecords.ScrubPlace;
import dev.anvil.storage.volumes.IndexRecords.VolumeMark;
import dev.anvil.storage.volumes.IndexRecords.VolumeState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries changes of the index to the engine. One thread runs them, one after another.
 *
 * <p>Each body's changes and their effect on the totals are in one commit. How far the volumes are
 * covered is in the last, so a crash between two commits makes the next start read frames again
 * whose bodies it then knows.
 */
final class Checkpoints {
  private record Capture(
      TreeMap<Integer, VolumeMark> marks,
      List<OpenBody.Part> parts,
      TreeMap<Integer, Long> reconciled,
      ScrubPlace scrub,
      int nextVolume) {}

  private final BodyIndex index;
  private final IndexEngine engine;
  private final Volumes volumes;
  private final List<AppendLane> lanes;
  private final Collection<OpenBody> open;
  private final Set<Integer> doomed = ConcurrentHashMap.newKeySet();
  private TreeMap<Integer, VolumeMark> marks = new TreeMap<>();
  private final AtomicInteger leastBoot = new AtomicInteger();
  private ScrubPlace storedScrub;
  private volatile Meta meta = new Meta(0, 1, 0, 0, false);
  private boolean storedRebuilding;
  private long loaded;

  Checkpoints(BodyIndex index, Volumes volumes, List<AppendLane> lanes, Collection<OpenBody> open) {
    this.index = index;
    this.engine = index.engine();
    this.volumes = volumes;
    this.lanes = lanes;
    this.open = open;
  }

  Meta meta() {
    return meta;
  }

  /** Names of that boot came from elsewhere: the next start counts on from it. */
  void bootAtLeast(int boot) {
    leastBoot.accumulateAndGet(boot, Math::max);
  }

  /** The volume's file goes after the next checkpoint; it is empty and closed. */
  void doom(int volume) {
    doomed.add(volume);
  }

  /** Counts a boot, durably, before any name of it is given out. */
  void begin(Meta head) {
    load();
    meta = head;
    IndexBatch batch = new IndexBatch();
    commit(batch, head.nextVolume());
    engine.sync();
  }

  /** A start's scan found bodies: brings them down, but says of no volume that it is covered. */
  void sinkFound() {
    run(false, meta.rebuilding());
  }

  void run() {
    run(true, false);
  }

  private void run(boolean cover, boolean rebuilding) {
    load();
    int boot = Math.max(meta.boot(), leastBoot.get());
    meta = new Meta(boot, meta.nextVolume(), meta.bodies(), meta.unkept(), rebuilding);
    Capture capture = cover ? capture() : null;
    Map<BodyId, Change> changes = index.overlay().sink();
    boolean done = false;
    try {
      if (!changes.isEmpty() || capture != null && holdsAnything(capture)) {
        write(changes, capture);
        engine.sync();
      }
      done = true;
    } finally {
      if (done) {
        index.overlay().sunk();
      } else {
        index.overlay().unsunk();
        forgetCaptured();
      }
    }
    if (capture != null) {
      index.storedReconciled(capture.reconciled);
      storedScrub = capture.scrub;
      capture.marks.forEach(this::counted);
      doomed.removeIf(this::letGo);
    }
  }

  private void counted(int number, VolumeMark mark) {
    Volume v = volumes.get(number);
    if (v != null) {
      v.counted(mark.covered());
    }
  }

  private boolean letGo(int number) {
    VolumeMark mark = marks.get(number);
    if (mark == null || mark.state() != VolumeState.DOOMED) {
      return false;
    }
    volumes.doom(number);
    return true;
  }

  /** After the engine was opened anew what it holds is known only by reading it. */
  private void load() {
    engine.ensureOpen();
    if (loaded == engine.openings()) {
      return;
    }
    Meta stored = index.meta();
    if (stored != null) {
      int boot = Math.max(meta.boot(), stored.boot());
      storedRebuilding = stored.rebuilding();
      meta =
          new Meta(
              boot, stored.nextVolume(), stored.bodies(), stored.unkept(), stored.rebuilding());
    }
    marks = index.marks();
    marks.forEach((number, mark) -> {
      Volume v = volumes.get(number);
      if (v != null) {
        v.live(mark.live());
        v.counted(mark.covered());
      }
    });
    loaded = engine.openings();
  }

  private Capture capture() {
    List<OpenBody.Part> parts = new ArrayList<>();
    TreeMap<Integer, VolumeMark> covered = new TreeMap<>();
    lanes.forEach(lane -> lane.lock().lock());
    try {
      for (OpenBody body : open) {
        OpenBody.Part part = body.capture();
        if (part != null) {
          parts.add(part);
        }
      }
      for (Volume v : volumes.list()) {
        VolumeState state =
            v.doomed || doomed.contains(v.number())
                ? VolumeState.DOOMED
                : v.appending() ? VolumeState.ACTIVE : VolumeState.CLOSED;
        VolumeMark mark = marks.get(v.number());
        if (mark == null || mark.state() != state || mark.covered() != v.written()) {
          covered.put(v.number(), new VolumeMark(state, v.written(), v.live()));
        }
      }
      return new Capture(
          covered, parts, index.captureReconciled(), index.pendingScrub(), volumes.nextNumber());
    } finally {
      lanes.forEach(lane -> lane.lock().unlock());
    }
  }

  private void forgetCaptured() {
    lanes.forEach(lane -> lane.lock().lock());
    try {
      open.forEach(OpenBody::forgetCaptured);
    } finally {
      lanes.forEach(lane -> lane.lock().unlock());
    }
  }

  private boolean holdsAnything(Capture c) {
    boolean gone = marks.keySet().stream().anyMatch(n -> volumes.get(n) == null);
    boolean scrubbed = c.scrub != null && !c.scrub.equals(storedScrub);
    return gone
        || scrubbed
        || !c.marks.isEmpty()
        || !c.parts.isEmpty()
        || !c.reconciled.isEmpty()
        || storedRebuilding != meta.rebuilding();
  }

  private void write(Map<BodyId, Change> changes, Capture capture) {
    // in the order of the names, which is that of their keys and about that of their places
    List<BodyId> ids = new ArrayList<>(changes.keySet());
    ids.sort(null);
    Iterator<BodyId> rest = ids.iterator();
    IndexBatch batch = next(rest, changes);
    while (rest.hasNext()) {
      commit(batch, meta.nextVolume());
      batch = next(rest, changes);
    }
    if (capture == null) {
      commit(batch, meta.nextVolume());
      return;
    }
    for (OpenBody.Part part : capture.parts) {
      Change ended = changes.get(part.id());
      if (ended == null || ended.parts() <= part.sequence()) {
        byte[] key = IndexRecords.openKey(part.id(), part.sequence());
        batch.put(key, IndexRecords.part(key, part));
      }
    }
    finish(batch, capture);
  }

  /** As many changes as go in one commit, with one look at the engine, which has none of them. */
  private IndexBatch next(Iterator<BodyId> rest, Map<BodyId, Change> changes) {
    return engine.read(reader -> {
      IndexBatch batch = new IndexBatch();
      while (rest.hasNext() && !batch.full()) {
        BodyId id = rest.next();
        batch.apply(id, changes.get(id), reader);
      }
      return batch;
    });
  }

  private void finish(IndexBatch batch, Capture capture) {
    for (Map.Entry<Integer, Long> e : capture.reconciled.entrySet()) {
      byte[] key = IndexRecords.reconciledKey(e.getKey());
      batch.put(key, IndexRecords.cursor(key, e.getValue()));
    }
    if (capture.scrub != null) {
      batch.put(IndexRecords.scrubKey(), IndexRecords.scrub(capture.scrub));
    }
    capture.marks.forEach((number, mark) -> markAs(batch, number, mark));
    List<Integer> gone = marks.keySet().stream().filter(n -> volumes.get(n) == null).toList();
    for (int number : gone) {
      marks.remove(number);
      batch.put(IndexRecords.volumeKey(number), null);
    }
    commit(batch, capture.nextVolume);
  }

  /** State and cover come from the capture, bytes in use from what is committed so far. */
  private void markAs(IndexBatch batch, int number, VolumeMark mark) {
    VolumeMark before = marks.get(number);
    long live = before == null ? 0 : before.live();
    marks.put(number, new VolumeMark(mark.state(), mark.covered(), live));
    batch.liveChanges().merge(number, 0L, Long::sum);
  }

  private void commit(IndexBatch batch, int nextVolume) {
    meta =
        new Meta(
            meta.boot(),
            Math.max(nextVolume, meta.nextVolume()),
            meta.bodies() + batch.bodies(),
            meta.unkept() + batch.unkept(),
            meta.rebuilding());
    batch
        .liveChanges()
        .forEach((number, change) -> {
          VolumeMark before = marks.get(number);
          if (before == null) {
            before = new VolumeMark(VolumeState.ACTIVE, VolumeFormat.VOLUME_HEADER, 0);
          }
          long live = Math.max(0, before.live() + change);
          VolumeMark mark = new VolumeMark(before.state(), before.covered(), live);
          marks.put(number, mark);
          byte[] key = IndexRecords.volumeKey(number);
          batch.put(key, IndexRecords.volume(key, mark));
          Volume v = volumes.get(number);
          if (v != null) {
            v.live(live);
          }
        });
    batch.put(IndexRecords.metaKey(), IndexRecords.meta(meta));
    engine.commit(batch.toSet());
    storedRebuilding = meta.rebuilding();
  }
}
