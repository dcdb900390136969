package dev.anvil.ports.testkit;

import java.util.SplittableRandom;

/**
 * Random runs that can be repeated: the seed is the system property {@code anvil.seed} or new, and
 * stands in the failure.
 */
public final class Seeds {
  private Seeds() {}

  /** A run with a source of randomness. */
  @FunctionalInterface
  public interface Run {
    /** Runs. */
    void with(SplittableRandom random) throws Exception;
  }

  /** Runs once with the given seed or a new one. */
  public static void run(Run run) {
    Long given = Long.getLong("anvil.seed");
    long seed = given != null ? given : System.nanoTime() ^ ProcessHandle.current().pid() << 40;
    try {
      run.with(new SplittableRandom(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("failed with -Danvil.seed=" + seed + ": " + e.getMessage(), e);
    }
  }
}
