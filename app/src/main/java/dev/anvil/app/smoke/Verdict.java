package dev.anvil.app.smoke;

/** How a check ended. */
public sealed interface Verdict {
  /** A line for the operator. */
  String detail();

  /** All of it held. */
  record Pass(String detail) implements Verdict {}

  /** Something did not hold. */
  record Fail(String detail) implements Verdict {}

  /** The server refuses the capability by name: it is neither proved nor skipped. */
  record NotBuilt(String detail) implements Verdict {}
}
