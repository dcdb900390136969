package dev.anvil.http.api;

import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.time.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing of secrets: after some failures in a row of one client id from one address,
 * or more of any ids from one address, each further try has to wait twice as long as the one
 * before. Forgets the oldest guessers first, and a guesser after a quiet time. Threads: any.
 */
public final class TokenThrottle {
  static final int FREE_FAILURES = 10;
  static final int FREE_FAILURES_OF_ADDRESS = 100;
  static final int MAX_WAIT_SECONDS = 60;
  private static final int MAX_GUESSERS = 10_000;
  private static final long SECOND = 1_000_000_000L;

  private record Guesser(int failures, long until) {}

  private final Ticker ticker;
  private final Map<String, Guesser> guessers =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guesser> eldest) {
          return size() > MAX_GUESSERS;
        }
      };

  /** On elapsed time. */
  public TokenThrottle(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Lets a try through, or says how long to wait: the same for known and unknown clients. */
  void admit(String address, String id) {
    admit(address, FREE_FAILURES_OF_ADDRESS);
    admit(address + " " + id, FREE_FAILURES);
  }

  private void admit(String guesser, int free) {
    synchronized (guessers) {
      Guesser known = guessers.get(guesser);
      long left = known == null ? 0 : known.until() - ticker.nanos();
      if (known != null && known.failures() > free && left > 0) {
        long seconds = (left + SECOND - 1) / SECOND;
        throw new LimitExceeded(
            LimitExceeded.Reason.TOO_MANY_REQUESTS,
            "too many failures in a row for this client; wait " + seconds + " s",
            Map.of("retryAfterSeconds", seconds));
      }
    }
  }

  /** A try failed. */
  void failed(String address, String id) {
    failed(address, FREE_FAILURES_OF_ADDRESS);
    failed(address + " " + id, FREE_FAILURES);
  }

  private void failed(String guesser, int free) {
    synchronized (guessers) {
      Guesser known = guessers.get(guesser);
      long now = ticker.nanos();
      boolean quiet = known != null && now - known.until() > MAX_WAIT_SECONDS * SECOND;
      int failures = known == null || quiet ? 1 : known.failures() + 1;
      int beyond = Math.clamp(failures - free - 1, 0, 6);
      long wait = Math.min(MAX_WAIT_SECONDS, 1L << beyond);
      guessers.put(guesser, new Guesser(failures, now + wait * SECOND));
    }
  }

  /** A try succeeded: what failed before with this id was a mistake; with others it was not. */
  void succeeded(String address, String id) {
    synchronized (guessers) {
      guessers.remove(address + " " + id);
    }
  }
}
