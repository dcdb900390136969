package dev.anvil.bench.replay;

import java.util.List;

/** Requests in the order in which they are sent. Used by one thread at a time. */
public final class Magazine {
  private final List<Shot> shots;
  private final boolean again;
  private int next;

  private Magazine(List<Shot> shots, boolean again) {
    this.shots = List.copyOf(shots);
    this.again = again;
  }

  /** Each once, as for writes of new objects. */
  public static Magazine once(List<Shot> shots) {
    return new Magazine(shots, false);
  }

  /** Round and round, as for reads. */
  public static Magazine forever(List<Shot> shots) {
    return new Magazine(shots, true);
  }

  /** The next request; null when there is none left. */
  Shot next() {
    if (next == shots.size()) {
      if (!again || shots.isEmpty()) {
        return null;
      }
      next = 0;
    }
    return shots.get(next++);
  }

  /** How many have been taken; of this round, if they go round. */
  public int taken() {
    return next;
  }
}
