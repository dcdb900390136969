package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.storage.volumes.IndexRecords.Meta;
import dev.anvil.storage.volumes.IndexRecords.ScrubPlace;
import dev.anvil.storage.volumes.IndexRecords.VolumeMark;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where every body lies. Changes gather in an {@link Overlay}; {@link Checkpoints} carry them to
 * the engine. Reads see both.
 */
final class BodyIndex {
  private static final int UNKEPT_PAGE = 256;

  private final IndexEngine engine;
  private final KnownPlaces known = new KnownPlaces();
  private final Overlay overlay;

  /** Held from reading a place to changing it: a body is freed or moved, never half of both. */
  private final ReentrantLock placeLock = new ReentrantLock();

  private final TreeMap<Integer, Long> reconciled = new TreeMap<>();
  private volatile ScrubPlace scrub;

  BodyIndex(IndexEngine engine) {
    this.engine = engine;
    this.overlay = new Overlay(known);
  }

  IndexEngine engine() {
    return engine;
  }

  Overlay overlay() {
    return overlay;
  }

  /** The body's place, or null. */
  BodyPlace find(BodyId id) {
    int changes = known.changes(id);
    Change change = overlay.get(id);
    if (change != null && (change.place() != null || change.freed())) {
      return change.place();
    }
    BodyPlace place = known.find(id, changes);
    if (place != null) {
      return place;
    }
    byte[] key = IndexRecords.bodyKey(id);
    byte[] value = engine.read(r -> r.get(key));
    if (value == null) {
      return null;
    }
    place = IndexRecords.readBody(key, value);
    known.offer(id, place, changes);
    return place;
  }

  void sealed(BodyId id, BodyPlace place, Change.Kept kept, int parts) {
    overlay.add(id, Change.sealed(place, kept, parts));
  }

  void abandoned(BodyId id, int parts) {
    if (parts > 0) {
      overlay.add(id, Change.abandoned(parts));
    }
  }

  void keep(BodyId id) {
    overlay.add(id, Change.becameKept());
  }

  /**
   * Frees the body; absent is fine, a damaged entry too. Whether the engine has it is found out
   * when the change is carried there, which reads it anyway.
   */
  void free(BodyId id) {
    placeLock.lock();
    try {
      Change change = overlay.get(id);
      if (change == null || !change.freed()) {
        overlay.add(id, Change.becameFree());
      }
    } finally {
      placeLock.unlock();
    }
  }

  /** Changes the place unless it changed meanwhile. */
  boolean move(BodyId id, BodyPlace from, BodyPlace to) {
    placeLock.lock();
    try {
      if (!from.equals(find(id))) {
        return false;
      }
      overlay.add(id, Change.moved(to));
      return true;
    } finally {
      placeLock.unlock();
    }
  }

  /** Unkept bodies of boots before the given one, oldest first. */
  List<BodyId> unkeptBefore(int boot, int limit) {
    byte[] from = new byte[] {IndexRecords.UNKEPT};
    byte[] to = IndexRecords.unkeptKey(BodyIds.firstOf(boot));
    List<BodyId> found = new ArrayList<>();
    KeyRange rest = new KeyRange(from, to);
    while (found.size() < limit) {
      List<Entry> page = scan(rest, UNKEPT_PAGE);
      for (Entry e : page) {
        BodyId id = IndexRecords.idIn(e.key());
        // asked anew: a checkpoint may have carried a keep out of the overlay after the page was
        // read, and who is listed here is freed
        if (found.size() < limit && isUnkept(id)) {
          found.add(id);
        }
      }
      if (page.size() < UNKEPT_PAGE) {
        break;
      }
      rest = rest.after(page.getLast().key());
    }
    return found;
  }

  /** Kept bodies of the engine after an id, in order. */
  List<BodyId> keptAfter(BodyId after, int limit) {
    KeyRange rest = KeyRange.prefix(new byte[] {IndexRecords.BODY});
    rest = after == null ? rest : rest.after(IndexRecords.bodyKey(after));
    List<BodyId> found = new ArrayList<>();
    while (found.size() < limit) {
      List<Entry> page = scan(rest, UNKEPT_PAGE);
      for (Entry e : page) {
        BodyId id = IndexRecords.idIn(e.key());
        Change change = overlay.get(id);
        boolean freed = change != null && change.freed();
        if (found.size() < limit && !freed && !isUnkept(id)) {
          found.add(id);
        }
      }
      if (page.size() < UNKEPT_PAGE) {
        break;
      }
      rest = rest.after(page.getLast().key());
    }
    return found;
  }

  /** Whether nobody reported a durable record of the body. */
  boolean isUnkept(BodyId id) {
    Change change = overlay.get(id);
    if (change != null && change.freed()) {
      return false;
    }
    if (change != null && change.kept() != Change.Kept.SAME) {
      return change.kept() == Change.Kept.UNKEPT;
    }
    byte[] key = IndexRecords.unkeptKey(id);
    return engine.read(r -> r.get(key)) != null;
  }

  long reconciledThrough(int partition) {
    synchronized (reconciled) {
      Long pending = reconciled.get(partition);
      if (pending != null) {
        return pending;
      }
    }
    byte[] key = IndexRecords.reconciledKey(partition);
    byte[] value = engine.read(r -> r.get(key));
    return value == null ? 0 : IndexRecords.readCursor(key, value);
  }

  void reconciled(int partition, long cursor) {
    synchronized (reconciled) {
      reconciled.merge(partition, cursor, Math::max);
    }
  }

  ScrubPlace scrubPlace() {
    if (scrub != null) {
      return scrub;
    }
    byte[] value = engine.read(r -> r.get(IndexRecords.scrubKey()));
    return value == null ? new ScrubPlace(0, 0, 0) : IndexRecords.readScrub(value);
  }

  void scrubPlace(ScrubPlace place) {
    scrub = place;
  }

  /** Adds the cursors; taken before the changes they rest on, so never ahead of them. */
  TreeMap<Integer, Long> captureReconciled() {
    synchronized (reconciled) {
      return new TreeMap<>(reconciled);
    }
  }

  /** The cursors are in the engine. */
  void storedReconciled(TreeMap<Integer, Long> stored) {
    synchronized (reconciled) {
      stored.forEach(reconciled::remove);
    }
  }

  ScrubPlace pendingScrub() {
    return scrub;
  }

  /** The head, or null in a new or lost index. */
  Meta meta() {
    byte[] value = engine.read(r -> r.get(IndexRecords.metaKey()));
    return value == null ? null : IndexRecords.readMeta(value);
  }

  /** Whether the engine names the place. */
  boolean hasPlace(byte[] placeKey) {
    return engine.read(r -> r.get(placeKey)) != null;
  }

  /** All volumes as of the last commit. */
  TreeMap<Integer, VolumeMark> marks() {
    TreeMap<Integer, VolumeMark> found = new TreeMap<>();
    for (Entry e : scan(new byte[] {IndexRecords.VOLUME}, Integer.MAX_VALUE)) {
      found.put(IndexRecords.numberIn(e.key()), IndexRecords.readVolume(e.key(), e.value()));
    }
    return found;
  }

  /** Entries with the prefix. */
  List<Entry> scan(byte[] prefix, int limit) {
    return scan(KeyRange.prefix(prefix), limit);
  }

  List<Entry> scan(KeyRange range, int limit) {
    return engine.read(r -> entries(r, range, limit));
  }

  private static List<Entry> entries(EngineReader r, KeyRange range, int limit) {
    List<Entry> found = new ArrayList<>();
    try (EntryCursor c = r.scan(range, Order.ASCENDING)) {
      while (found.size() < limit && c.next()) {
        found.add(new Entry(c.key(), c.value()));
      }
    }
    return found;
  }
}
