package dev.anvil.ports.caveats;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a condition says. */
public sealed interface CaveatOutcome {
  /** It holds or it does not. */
  record Decided(boolean holds) implements CaveatOutcome {}

  /** It depends on values that are not given; at least one name. */
  record Missing(SortedSet<String> names) implements CaveatOutcome {
    /** Copies the names. */
    public Missing {
      names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }
  }

  /** It failed: no such key, overflow, a bound passed. */
  record Fault(String why) implements CaveatOutcome {}

  /** It holds. */
  CaveatOutcome TRUE = new Decided(true);

  /** It does not hold. */
  CaveatOutcome FALSE = new Decided(false);
}
