package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import java.util.HashMap;
import java.util.Map;

/** Changes above the engine: those of now, and those a running checkpoint carries down. */
final class Overlay {
  private final KnownPlaces known;
  private Map<BodyId, Change> now = new HashMap<>();
  private Map<BodyId, Change> sinking = Map.of();

  /** Tells these of every change of a place. */
  Overlay(KnownPlaces known) {
    this.known = known;
  }

  synchronized void add(BodyId id, Change change) {
    Change earlier = now.get(id);
    now.put(id, earlier == null ? change : earlier.then(change));
    // under the same lock: a checkpoint cannot carry it down before the old place is forgotten
    if (change.place() != null || change.freed()) {
      known.changed(id);
    }
  }

  /** What the changes make of the body; null if there is none. */
  synchronized Change get(BodyId id) {
    Change below = sinking.get(id);
    Change above = now.get(id);
    if (below == null || above == null) {
      return above == null ? below : above;
    }
    return below.then(above);
  }

  synchronized int size() {
    return now.size() + sinking.size();
  }

  /** Everything so far; later changes are kept apart until one of the two ends. */
  synchronized Map<BodyId, Change> sink() {
    sinking = now;
    now = new HashMap<>();
    return sinking;
  }

  /** The engine has them for good. */
  synchronized void sunk() {
    sinking = Map.of();
  }

  /** The engine may have some of them. */
  synchronized void unsunk() {
    Map<BodyId, Change> merged = new HashMap<>();
    sinking.forEach((id, change) -> merged.put(id, change.notFresh()));
    now.forEach((id, change) -> merged.merge(id, change, Change::then));
    now = merged;
    sinking = Map.of();
  }
}
