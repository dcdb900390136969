package dev.anvil.bench.history;

/**
 * One operation of one client on one key.
 *
 * @param client who
 * @param invoked before it was sent, in nanoseconds of one monotonic clock
 * @param ended after its answer; for an open outcome, when it could no longer take effect
 * @param action what was asked
 * @param outcome what came back
 */
public record Operation(int client, long invoked, long ended, Action action, Outcome outcome) {
  /** Refuses an operation that ends before it begins. */
  public Operation {
    if (ended < invoked) {
      throw new IllegalArgumentException("ended " + ended + " before invoked " + invoked);
    }
  }
}
