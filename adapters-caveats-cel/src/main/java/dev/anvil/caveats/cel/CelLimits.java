package dev.anvil.caveats.cel;

/** Bounds of conditions. */
final class CelLimits {
  /** Characters of a body. */
  static final int BODY = 4 << 10;

  /** Nested expressions of a body. */
  static final int DEPTH = 32;

  /** Steps of all comprehensions of one evaluation. */
  static final int ITERATIONS = 500;

  /** Instructions of a compiled regular expression. */
  static final int REGEX_PROGRAM = 1_000;

  private CelLimits() {}

  static String text() {
    return BODY + "/" + DEPTH + "/" + ITERATIONS + "/" + REGEX_PROGRAM;
  }
}
