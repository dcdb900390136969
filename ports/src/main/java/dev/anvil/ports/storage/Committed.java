package dev.anvil.ports.storage;

import java.time.Instant;

/**
 * Outcome of a durable write.
 *
 * @param value what the function returned
 * @param revision of the write set that carries it
 * @param commitId cursor of the function's first journal entry; 0 if it appended none
 * @param committedAt time of the commit
 */
public record Committed<T>(T value, long revision, long commitId, Instant committedAt) {}
