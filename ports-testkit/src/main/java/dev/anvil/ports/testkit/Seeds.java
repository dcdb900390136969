package dev.anvil.ports.testkit;

import java.util.SplittableRandom;

/**
 * Random runs that can be repeated: the seed is the system property {@code anvil.seed} or new, and
 * stands in the failure.
 */
public final class Seeds {
  private static final long FIXED = 20_260_101L;

  private Seeds() {}

  /** A run with a source of randomness. */
  @FunctionalInterface
  public interface Run {
    /** Runs. */
    void with(SplittableRandom random) throws Exception;
  }

  /** Runs once with the given seed or a new one. */
  public static void run(Run run) {
    run(System.nanoTime() ^ ProcessHandle.current().pid() << 40, run);
  }

  /** Runs once with the given seed or always the same: for tiers whose outcome must not be luck. */
  public static void fixed(Run run) {
    run(FIXED, run);
  }

  private static void run(long otherwise, Run run) {
    long seed = Long.getLong("anvil.seed", otherwise);
    try {
      run.with(new SplittableRandom(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("failed with -Danvil.seed=" + seed + ": " + e.getMessage(), e);
    }
  }
}
