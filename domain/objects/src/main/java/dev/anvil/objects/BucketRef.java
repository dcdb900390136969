package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.ports.storage.PartitionId;

/**
 * Where a bucket is. May be stale: what uses it reads the bucket's own record first.
 *
 * @param name name
 * @param id internal id
 * @param partition home of everything of the bucket
 * @param tenantId owner
 */
public record BucketRef(BucketName name, long id, PartitionId partition, long tenantId) {}
