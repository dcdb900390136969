package dev.anvil.authz.graph;

import dev.anvil.authz.tuples.ObjectRef;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A readable tree of what a member hangs on: members, operators and tuples. With outcomes it
 * explains an answer, without them it expands a member.
 *
 * @param kind what stands here
 * @param text as people read it: {@code doc:1#view}, {@code parent->view}, a tuple; empty for
 *     operators and what is hidden
 * @param outcome what it came to, or null in an expansion
 * @param why it was denied, or null
 * @param missing names whose values decide; only of a conditional outcome
 * @param caveat condition of a tuple and what it said, or null
 * @param repeated whether it stands elsewhere in the tree, or on the way here, with its parts
 * @param truncated whether parts are left out
 * @param rest tuples among which those left out are found, or null
 * @param children parts in the order in which they are told
 */
public record Trace(
    Kind kind,
    String text,
    Outcome outcome,
    Why why,
    SortedSet<String> missing,
    Caveat caveat,
    boolean repeated,
    boolean truncated,
    Rest rest,
    List<Trace> children) {
  /** What a node of the tree is. */
  public enum Kind {
    /** A relation or permission of an object. */
    MEMBER,
    /** One of its parts is enough. */
    UNION,
    /** All of its parts are needed. */
    INTERSECTION,
    /** The first part without the second. */
    EXCLUSION,
    /** A member of any object of a relation. */
    ARROW_ANY,
    /** A member of all objects of a relation. */
    ARROW_ALL,
    /** A stored tuple, or one of the request; what is behind its userset is its part. */
    TUPLE,
    /** The object itself. */
    SELF,
    /** Nobody. */
    NIL,
    /** Something that the caller may not read. */
    HIDDEN;

    /** As in answers. */
    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What a part came to. */
  public enum Outcome {
    /** It holds. */
    ALLOWED,
    /** It does not. */
    DENIED,
    /** It hangs on values that are not given. */
    CONDITIONAL,
    /** It hangs on its own negation. */
    UNDEFINED,
    /** A condition failed, or a bound was met. */
    FAILED,
    /** The answer did not need it. */
    NOT_EVALUATED;

    /** As in answers. */
    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Outcome of(Truth truth) {
      if (truth == null) {
        return NOT_EVALUATED;
      }
      if (!truth.open()) {
        return truth.yes() ? ALLOWED : DENIED;
      }
      return truth.fault() != null ? FAILED : truth.missing().isEmpty() ? UNDEFINED : CONDITIONAL;
    }
  }

  /** Why something is denied, the least telling first. */
  public enum Why {
    /** No tuple leads there. */
    NO_PATH,
    /** A condition says no. */
    CAVEAT_FALSE,
    /** It was taken away. */
    EXCLUDED,
    /** It hangs on its own negation. */
    UNSTABLE_CYCLE;

    /** As in answers. */
    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A condition by name and what it said, null in an expansion. */
  public record Caveat(String name, Outcome outcome) {}

  /** The tuples of a relation of an object. */
  public record Rest(ObjectRef resource, String relation) {}

  /** Copies the parts. */
  public Trace {
    missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    children = List.copyOf(children);
  }

  /** A member that nothing is behind. */
  public static Trace ofNothing(String member) {
    return new Draft(Kind.MEMBER, member).done();
  }

  /** What names things for people and decides what a caller may read. */
  public interface Sight {
    /** The id as clients say it, or null if it is gone. */
    String shown(String type, String id);

    /** Whether the caller may read tuples behind the member. */
    boolean readable(ObjectRef object, String member);
  }
}
