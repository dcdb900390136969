package dev.anvil.operations.backup;

import dev.anvil.ports.bodies.BodyId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;

/**
 * The smallest names of bodies above a floor, each once, in bounded memory. What does not fit is
 * above {@link #ceiling()} and is met again in another walk.
 */
final class BodySet {
  private final BodyId floor;
  private final BodyId[] ids;
  private int count;
  private BodyId ceiling;

  /** Names above the floor only; null for all. */
  BodySet(BodyId floor, int limit) {
    this.floor = floor;
    this.ids = new BodyId[Math.max(limit, 4)];
  }

  void add(BodyId id) {
    if (floor != null && id.compareTo(floor) <= 0 || ceiling != null && id.compareTo(ceiling) > 0) {
      return;
    }
    if (count == ids.length) {
      tidy();
      if (count > ids.length / 2) {
        count = ids.length / 2;
        ceiling = ids[count - 1];
        if (id.compareTo(ceiling) > 0) {
          return;
        }
      }
    }
    ids[count++] = id;
  }

  private void tidy() {
    Arrays.sort(ids, 0, count, Comparator.naturalOrder());
    int unique = 0;
    for (int i = 0; i < count; i++) {
      if (unique == 0 || !ids[i].equals(ids[unique - 1])) {
        ids[unique++] = ids[i];
      }
    }
    count = unique;
  }

  /** Greatest name held; null if everything fitted. */
  BodyId ceiling() {
    return ceiling;
  }

  /** How many, after {@link #sort()}. */
  int size() {
    return count;
  }

  /** Puts them in order. */
  void sort() {
    tidy();
  }

  BodyId get(int at) {
    return ids[at];
  }

  void forEach(Consumer<BodyId> each) {
    for (int i = 0; i < count; i++) {
      each.accept(ids[i]);
    }
  }
}
