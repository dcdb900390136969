package dev.anvil.ports.journal;

import java.util.List;

/**
 * Consecutive journal entries.
 *
 * @param entries oldest first; entries of one commit may be cut by the limit
 * @param through cursor up to which the page is complete: continue after it
 * @param head newest cursor when the page was read
 */
public record JournalPage(List<JournalEntry> entries, long through, long head) {}
