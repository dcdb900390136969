package dev.anvil.client;

import java.time.Duration;

/**
 * How long a client goes on where a request may be repeated: after a lost connection, 429, 503 and
 * what the server calls retryable. {@code Retry-After} lengthens a pause.
 *
 * @param attempts in all, 1 is no repetition
 * @param firstPause before the second attempt; each further one is twice as long
 * @param longestPause no pause of its own is longer
 * @param total no attempt begins after it
 * @param silence how long the next byte of an answer may take
 * @param watchPatience how long a watch tries to connect anew before it gives up
 */
public record Retries(
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration total,
    Duration silence,
    Duration watchPatience) {
  /** 5 attempts within 2 minutes, 60 s of silence, watches that wait 10 minutes for a server. */
  public static final Retries DEFAULT =
      new Retries(
          5,
          Duration.ofMillis(200),
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10));

  /** Checked. */
  public Retries {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts " + attempts + ": at least 1");
    }
    positive("firstPause", firstPause);
    positive("longestPause", longestPause);
    positive("total", total);
    positive("silence", silence);
    positive("watchPatience", watchPatience);
  }

  private static void positive(String name, Duration value) {
    if (value.toMillis() < 1 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(name + " " + value + ": from 1 ms to a day");
    }
  }

  /** The pause after so many failures, without luck. */
  Duration pause(int failures) {
    Duration pause = firstPause;
    for (int i = 1; i < failures && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
