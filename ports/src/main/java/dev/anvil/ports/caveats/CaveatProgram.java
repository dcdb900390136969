package dev.anvil.ports.caveats;

import java.util.Map;
import java.util.SortedSet;

/** A compiled condition. Safe for any number of threads; nothing blocks. */
public interface CaveatProgram {
  /** 32 bytes that are equal for equal language version, parameters, parsed tree and limits. */
  byte[] identity();

  /** Parameters that the body never names. */
  SortedSet<String> unused();

  /**
   * Evaluates within the engine's bounds.
   *
   * @param values of declared parameters, in the Java types that {@link CaveatType.Kind} names;
   *     what is not there is unknown
   */
  CaveatOutcome run(Map<String, Object> values);
}
