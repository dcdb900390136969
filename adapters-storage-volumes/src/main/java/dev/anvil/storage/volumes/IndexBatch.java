package dev.anvil.storage.volumes;

import static dev.anvil.storage.volumes.IndexRecords.bodyKey;
import static dev.anvil.storage.volumes.IndexRecords.openKey;
import static dev.anvil.storage.volumes.IndexRecords.placeKey;
import static dev.anvil.storage.volumes.IndexRecords.unkeptKey;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.WriteSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts and deletes of one commit to the index, with what they do to the totals. */
final class IndexBatch {
  private static final Logger LOG = LoggerFactory.getLogger(IndexBatch.class);

  private static final Comparator<WriteSet.Mutation> BY_KEY =
      (a, b) -> Arrays.compareUnsigned(a.key(), b.key());

  /** In the order they came, so those of bodies and of places apart are about sorted. */
  private final List<WriteSet.Mutation> bodyPuts = new ArrayList<>();

  private final List<WriteSet.Mutation> otherPuts = new ArrayList<>();
  private final Map<Integer, Long> liveChanges = new HashMap<>();
  private long bytes;
  private long bodies;
  private long unkept;

  /** A later put of the same key counts. */
  void put(byte[] key, byte[] value) {
    (key[0] == IndexRecords.BODY ? bodyPuts : otherPuts).add(new WriteSet.Mutation(key, value));
    bytes += key.length + (value == null ? 0 : value.length);
  }

  boolean full() {
    return bytes >= VolumeLimits.INDEX_COMMIT_BYTES;
  }

  long bodies() {
    return bodies;
  }

  long unkept() {
    return unkept;
  }

  Map<Integer, Long> liveChanges() {
    return liveChanges;
  }

  WriteSet toSet() {
    List<WriteSet.Mutation> all = new ArrayList<>(bodyPuts.size() + otherPuts.size());
    all.addAll(bodyPuts);
    all.addAll(otherPuts);
    // stable and quick on runs that are sorted
    all.sort(BY_KEY);
    List<WriteSet.Mutation> last = new ArrayList<>(all.size());
    for (WriteSet.Mutation m : all) {
      if (!last.isEmpty() && Arrays.equals(last.getLast().key(), m.key())) {
        last.removeLast();
      }
      last.add(m);
    }
    return new WriteSet(last);
  }

  /** Adds all that one body's change does; a body is never split over two commits. */
  void apply(BodyId id, Change change, EngineReader engine) {
    byte[] unkeptKey = unkeptKey(id);
    BodyPlace old = change.fresh() ? null : stored(id, engine);
    boolean wasUnkept = !change.fresh() && engine.get(unkeptKey) != null;
    BodyPlace place = change.place() != null ? change.place() : change.freed() ? null : old;
    if (place == null ? old != null || change.freed() : !place.equals(old)) {
      replace(id, old, place);
    }
    boolean isUnkept =
        place != null
            && (change.kept() == Change.Kept.UNKEPT
                || change.kept() == Change.Kept.SAME && wasUnkept);
    if (isUnkept != wasUnkept) {
      put(unkeptKey, isUnkept ? IndexRecords.empty(unkeptKey) : null);
      unkept += isUnkept ? 1 : -1;
    }
    for (int part = 0; part < change.parts(); part++) {
      put(openKey(id, part), null);
    }
  }

  private void replace(BodyId id, BodyPlace old, BodyPlace place) {
    byte[] bodyKey = bodyKey(id);
    if (old != null) {
      bodies--;
      for (Extent e : old.extents()) {
        put(placeKey(e.volume(), e.position()), null);
        liveChanges.merge(e.volume(), -e.storedBytes(), Long::sum);
      }
    }
    if (place != null) {
      bodies++;
      for (Extent e : place.extents()) {
        byte[] key = placeKey(e.volume(), e.position());
        put(key, IndexRecords.place(key, id));
        liveChanges.merge(e.volume(), e.storedBytes(), Long::sum);
      }
    }
    put(bodyKey, place == null ? null : IndexRecords.body(bodyKey, place));
  }

  private static BodyPlace stored(BodyId id, EngineReader engine) {
    byte[] key = bodyKey(id);
    byte[] value = engine.get(key);
    try {
      return value == null ? null : IndexRecords.readBody(key, value);
    } catch (Corrupt e) {
      // one damaged entry must not stop every later checkpoint; reads of the body say Corrupt
      LOG.error("the index entry of body {} is damaged", id, e);
      return null;
    }
  }
}
