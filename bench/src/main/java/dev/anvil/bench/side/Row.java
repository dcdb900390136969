package dev.anvil.bench.side;

import dev.anvil.bench.replay.Magazine;
import dev.anvil.bench.replay.Volley;
import java.io.IOException;
import java.time.Duration;

/**
 * One operation under one load.
 *
 * @param name in the tables
 * @param unit what is counted: request, key, MiB
 * @param need what a server must have for it
 * @param load what is done
 */
public record Row(String name, String unit, Need need, Load load) {

  /** What a server must have. */
  public enum Need {
    S3,
    VERSIONS,
    NATIVE
  }

  /** What is done in a window. */
  public sealed interface Load permits Replayed, Driven {}

  /**
   * Requests made before.
   *
   * @param clients with one request under way each
   * @param open whether latencies at half the rate are measured too
   * @param warm requests of the warm-up
   * @param most requests of one window
   */
  public record Replayed(int clients, boolean open, int warm, int most, Shots shots)
      implements Load {}

  /** Requests that depend on answers. */
  public record Driven(Drive drive) implements Load {}

  /** Makes requests. */
  public interface Shots {
    /** At most so many. */
    Magazine load(Stage stage, int count) throws IOException;

    /** So many of the last ones were sent. */
    void sent(Stage stage, int count) throws IOException;

    /** The row is over for this round. */
    default void over(Stage stage) throws IOException {}
  }

  /** Does requests until the time is over. */
  public interface Drive {
    /** What was found, and how many units. */
    Take run(Stage stage, Duration window) throws IOException;
  }

  /** A window's load and what it came to in units. */
  public record Take(Volley volley, double units) {}
}
