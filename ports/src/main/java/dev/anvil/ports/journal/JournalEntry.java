package dev.anvil.ports.journal;

import java.time.Instant;

/**
 * A durable change.
 *
 * @param cursor its place: dense and strictly increasing in a partition, from 1
 * @param commitId cursor of the first entry of the same function
 * @param revision of the write set that carried it
 * @param committedAt time of the commit
 * @param change what happened
 */
public record JournalEntry(
    long cursor, long commitId, long revision, Instant committedAt, JournalDraft change) {}
