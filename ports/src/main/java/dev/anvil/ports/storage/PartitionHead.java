package dev.anvil.ports.storage;

import java.time.Instant;

/**
 * Newest durable state of a partition.
 *
 * @param revision write sets applied
 * @param chain first 8 bytes of a hash over all write sets in order, big-endian
 * @param cursor newest journal entry; 0 before the first
 * @param oldest oldest retained journal cursor; cursor + 1 when none is retained
 * @param committedAt time of the newest commit
 */
public record PartitionHead(
    long revision, long chain, long cursor, long oldest, Instant committedAt) {}
