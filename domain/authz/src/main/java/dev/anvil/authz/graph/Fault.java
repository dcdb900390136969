package dev.anvil.authz.graph;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.WrongState;
import java.util.Map;

/**
 * Why a part of a question has no answer. Of several, the least is told, so that the order of the
 * walk does not show.
 *
 * @param kind what happened
 * @param name of the caveat, limit or parameter
 * @param detail why
 * @param limit value of the bound; 0 if it is none
 */
public record Fault(Kind kind, String name, String detail, int limit) implements Comparable<Fault> {
  /** What can happen, the least first. */
  public enum Kind {
    /** A value of the context is none of its parameter's type. */
    CONTEXT,
    /** A condition failed. */
    CAVEAT,
    /** The bound of depth is met. */
    DEPTH
  }

  /** The bound of depth is met. */
  public static Fault depth(int limit) {
    return new Fault(Kind.DEPTH, "depth", "more than " + limit + " hops to another object", limit);
  }

  /** A caveat failed. */
  public static Fault caveat(String name, String why) {
    return new Fault(Kind.CAVEAT, name, why, 0);
  }

  /** A value of the context does not convert. */
  public static Fault context(Invalid invalid) {
    return new Fault(
        Kind.CONTEXT, (String) invalid.fields().get("parameter"), invalid.getMessage(), 0);
  }

  /** As callers see it. */
  public AnvilException failure() {
    return switch (kind) {
      case CONTEXT -> new Invalid(Invalid.Reason.CAVEAT_CONTEXT, detail, Map.of("parameter", name));
      case CAVEAT ->
          new WrongState(
              WrongState.Reason.CAVEAT,
              "caveat '" + name + "' failed: " + detail + "; correct the context or the caveat",
              Map.of("caveat", name));
      case DEPTH -> limit(name, limit);
    };
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
    int byKind = kind.compareTo(other.kind);
    int byName = name.compareTo(other.name);
    return byKind != 0 ? byKind : byName != 0 ? byName : detail.compareTo(other.detail);
  }
}
