package dev.anvil.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a system tool to its end. */
public final class Shell {
  private static final int BOUND_SECONDS = 120;

  private Shell() {}

  /**
   * Runs the words and returns what they printed.
   *
   * @throws IOException if the tool is not there, fails or does not end in time
   */
  public static String run(List<String> words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", words) + " failed: " + said.strip());
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in " + words.getFirst(), e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether the words succeed. */
  public static boolean succeeds(String... words) {
    try {
      run(List.of(words));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
