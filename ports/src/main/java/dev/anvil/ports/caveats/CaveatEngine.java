package dev.anvil.ports.caveats;

/** Compiles conditions. Safe for any number of threads; compiling may take milliseconds. */
public interface CaveatEngine {
  /** Name and version of the language, part of every identity. */
  String language();

  /**
   * Type-checks and compiles.
   *
   * @throws CaveatRejected if it does not parse, does not yield a bool over its parameters, or
   *     passes a bound
   */
  CaveatProgram compile(CaveatSource source) throws CaveatRejected;
}
