package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import java.time.Instant;

/**
 * A bucket as its owner sees it.
 *
 * @param name name
 * @param owner name of the tenant
 * @param createdAt whole milliseconds
 * @param settings region, versioning, tags, quota
 * @param state whether it serves
 * @param contents exact counters
 * @param partition where it lives
 * @param cursor journal cursor of the newest change of its settings
 * @param governed whether relationships govern it
 */
public record BucketInfo(
    BucketName name,
    String owner,
    Instant createdAt,
    BucketSettings settings,
    BucketState state,
    BucketCounters contents,
    int partition,
    long cursor,
    boolean governed) {}
