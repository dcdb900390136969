package dev.anvil.app.smoke;

/** One of the fifteen. */
@FunctionalInterface
interface Check {
  /** Proves it; an {@link Unmet} is a failure, told in its words. */
  Verdict run(Scene scene);
}
