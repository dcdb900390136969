package dev.anvil.storage.volumes;

/**
 * A change of what the index says about one body, not yet in the engine.
 *
 * @param place the new one, or null for no change of it
 * @param freed whether the body goes
 * @param kept the new state, or as it is
 * @param fresh whether the engine certainly knows nothing of the body, which saves reading it
 * @param parts parts of the open body that the engine may hold and that go
 */
record Change(BodyPlace place, boolean freed, Kept kept, boolean fresh, int parts) {
  enum Kept {
    SAME,
    KEPT,
    UNKEPT
  }

  static Change sealed(BodyPlace place, Kept kept, int parts) {
    return new Change(place, false, kept, true, parts);
  }

  static Change moved(BodyPlace place) {
    return new Change(place, false, Kept.SAME, false, 0);
  }

  static Change becameKept() {
    return new Change(null, false, Kept.KEPT, false, 0);
  }

  static Change becameFree() {
    return new Change(null, true, Kept.SAME, false, 0);
  }

  /** The body was never sealed; only its parts go. */
  static Change abandoned(int parts) {
    return new Change(null, false, Kept.SAME, false, parts);
  }

  /** This change and then a later one. */
  Change then(Change later) {
    boolean places = later.place != null || later.freed;
    return new Change(
        places ? later.place : place,
        places ? later.freed : freed,
        later.kept != Kept.SAME ? later.kept : kept,
        fresh,
        Math.max(parts, later.parts));
  }

  Change notFresh() {
    return new Change(place, freed, kept, false, parts);
  }
}
