package dev.anvil.authz.graph;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The answer to a question.
 *
 * @param outcome what it is
 * @param missing names whose values decide; only of a conditional answer
 * @param unstable whether a denial rests on something that hangs on its own negation
 */
public record Verdict(Outcome outcome, SortedSet<String> missing, boolean unstable) {
  /** The three answers. */
  public enum Outcome {
    /** The subject has it. */
    ALLOWED("allowed"),
    /** It has not. */
    DENIED("denied"),
    /** It hangs on values that are not given. */
    CONDITIONAL("conditional");

    private final String wire;

    Outcome(String wire) {
      this.wire = wire;
    }

    /** As in answers. */
    public String wire() {
      return wire;
    }
  }

  /** Copies the names. */
  public Verdict {
    missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
  }

  static Verdict of(Truth truth) {
    if (!truth.open()) {
      return new Verdict(
          truth.yes() ? Outcome.ALLOWED : Outcome.DENIED, Collections.emptySortedSet(), false);
    }
    if (truth.fault() != null) {
      throw truth.fault().failure();
    }
    boolean unstable = truth.missing().isEmpty();
    return new Verdict(unstable ? Outcome.DENIED : Outcome.CONDITIONAL, truth.missing(), unstable);
  }

  /** Whether the subject has it. */
  public boolean allowed() {
    return outcome == Outcome.ALLOWED;
  }

  /** Whether it says the same to who asks. */
  public boolean same(Verdict other) {
    return outcome == other.outcome && missing.equals(other.missing);
  }
}
