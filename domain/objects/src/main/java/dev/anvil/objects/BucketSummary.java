package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import java.time.Instant;

/**
 * A bucket as lists show it.
 *
 * @param name name
 * @param owner name of the tenant
 * @param region region
 * @param createdAt whole milliseconds
 */
public record BucketSummary(BucketName name, String owner, String region, Instant createdAt) {}
