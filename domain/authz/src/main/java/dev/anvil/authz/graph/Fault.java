package dev.anvil.authz.graph;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.WrongState;
import java.util.Map;

/**
 * Why a part of a question has no answer. Of several, the least is told, so that the order of the
 * walk does not show.
 *
 * @param depth whether it is the bound of depth
 * @param name of the caveat or limit
 * @param detail why
 * @param limit value of the bound; 0 for a caveat
 */
public record Fault(boolean depth, String name, String detail, int limit)
    implements Comparable<Fault> {
  /** The bound of depth is met. */
  public static Fault depth(int limit) {
    return new Fault(true, "depth", "more than " + limit + " hops to another object", limit);
  }

  /** A caveat failed. */
  public static Fault caveat(String name, String why) {
    return new Fault(false, name, why, 0);
  }

  /** As callers see it. */
  public AnvilException failure() {
    return depth
        ? limit(name, limit)
        : new WrongState(
            WrongState.Reason.CAVEAT,
            "caveat '" + name + "' failed: " + detail + "; correct the context or the caveat",
            Map.of("caveat", name));
  }

  /** A bound of a question is met. */
  public static LimitExceeded limit(String name, long limit) {
    return new LimitExceeded(
        LimitExceeded.Reason.CHECK,
        "the question passes its limit '"
            + name
            + "' of "
            + limit
            + "; ask about something nearer, or make the graph flatter",
        Map.of("limit", name, "value", limit));
  }

  @Override
  public int compareTo(Fault other) {
    int byDepth = Boolean.compare(depth, other.depth);
    int byName = name.compareTo(other.name);
    return byDepth != 0 ? byDepth : byName != 0 ? byName : detail.compareTo(other.detail);
  }
}
