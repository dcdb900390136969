package dev.anvil.objects;

import dev.anvil.ports.failure.Conflict;
import java.util.function.Supplier;

/**
 * A version that a new one was being made of is no longer the one it was when it was looked at;
 * look again. Never leaves the use cases.
 */
public final class SourceChanged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How often a use case starts over before it tells the caller. */
  public static final int ROUNDS = 8;

  /** Without a stack trace: it is an answer. */
  public SourceChanged() {
    super("the source changed", null, false, false);
  }

  /**
   * Runs until the source stands still.
   *
   * @throws Conflict OperationInProgress after {@link #ROUNDS}
   */
  public static <T> T settle(Supplier<T> attempt) {
    for (int round = 0; round < ROUNDS; round++) {
      try {
        return attempt.get();
      } catch (SourceChanged e) {
        continue;
      }
    }
    throw new Conflict(
        Conflict.Reason.IN_PROGRESS,
        "the source keeps changing; name the version you mean, or try again");
  }
}
