package dev.anvil.waist;

/** Told of what no caller would otherwise learn of: failed groups, reopenings, failing duties. */
@FunctionalInterface
public interface Incidents {
  /**
   * Reports; must not throw and returns soon.
   *
   * @param what happened, for a person
   * @param cause may be null
   */
  void report(String what, Throwable cause);

  /** Tells nobody. */
  static Incidents none() {
    return (what, cause) -> {};
  }
}
