package dev.anvil.waist;

import dev.anvil.ports.storage.Groundwork;
import dev.anvil.ports.storage.WaistLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the writer has taken out of the queue and no group has taken in yet, in order. All of it
 * counts as waiting.
 */
final class Taken {
  private final WaitingFunctions waiting;
  private final ArrayDeque<Pending<?>> next = new ArrayDeque<>();

  /** Takes from there. */
  Taken(WaitingFunctions waiting) {
    this.waiting = waiting;
  }

  /** Takes what waits, at most what a group may hold. */
  void fill() {
    while (next.size() < WaistLimits.MAX_GROUP_FUNCTIONS) {
      Pending<?> p = waiting.take();
      if (p == null) {
        return;
      }
      next.add(p);
    }
  }

  boolean isEmpty() {
    return next.isEmpty();
  }

  /**
   * Lays the groundwork of all that are here, each kind at once. Those whose groundwork fails end
   * with its failure: nothing of them ran.
   */
  void layGround() {
    Map<Class<?>, List<Pending<?>>> kinds = null;
    for (Pending<?> p : next) {
      if (p.groundwork() != null) {
        kinds = kinds == null ? new HashMap<>() : kinds;
        kinds.computeIfAbsent(p.groundwork().getClass(), _ -> new ArrayList<>()).add(p);
      }
    }
    if (kinds != null) {
      kinds.values().forEach(this::lay);
    }
  }

  private void lay(List<Pending<?>> kind) {
    List<Groundwork> all = new ArrayList<>(kind.size());
    kind.forEach(p -> all.add(p.groundwork()));
    Throwable failure = null;
    try {
      all.getFirst().lay(all);
    } catch (Throwable t) {
      failure = t;
    }
    for (Pending<?> p : kind) {
      if (failure == null) {
        p.laid();
      } else {
        remove(p);
        p.fail(failure);
      }
    }
  }

  /**
   * The next that may run now: of those here, else of those that came meanwhile and need no
   * groundwork. It stays until it is removed.
   */
  Pending<?> ready() {
    if (next.isEmpty()) {
      Pending<?> p = waiting.take();
      if (p == null) {
        return null;
      }
      next.add(p);
    }
    Pending<?> p = next.peek();
    return p.groundwork() == null ? p : null;
  }

  /** A group has taken it in, or it ends without one. */
  void remove(Pending<?> p) {
    if (next.remove(p)) {
      waiting.ended(p);
    }
  }

  /** Everything, which is taken out. */
  List<Pending<?>> drain() {
    List<Pending<?>> all = new ArrayList<>(next);
    next.clear();
    all.forEach(waiting::ended);
    return all;
  }
}
