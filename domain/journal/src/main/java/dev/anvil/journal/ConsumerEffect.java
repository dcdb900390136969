package dev.anvil.journal;

import dev.anvil.ports.journal.JournalEntry;
import java.util.List;

/**
 * What a journal consumer maintains, and the cursor it covers, kept in the same place so that both
 * move together.
 */
public interface ConsumerEffect {
  /** Cursor up to which the effect is complete; 0 before the first entry. */
  long cursor();

  /**
   * Applies consecutive entries and then records {@code through} as covered. Called again with the
   * same entries after a crash in between, so applying twice is the same as once. Every durable
   * write compares the token.
   *
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder is at work
   */
  void apply(List<JournalEntry> entries, long through, long token);

  /**
   * The journal no longer holds what follows {@link #cursor()}: rebuild from source facts so that
   * everything up to {@code head} is covered, or say that it cannot.
   */
  void rebuild(long head, long token);
}
