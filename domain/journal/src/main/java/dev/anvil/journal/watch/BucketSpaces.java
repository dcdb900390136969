package dev.anvil.journal.watch;

import dev.anvil.identity.Caller;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.storage.PartitionId;

/** What a watch must know of buckets; the subject that owns them answers. */
public interface BucketSpaces {
  /**
   * A bucket.
   *
   * @param id its space in the journal, never used again
   * @param name name
   * @param partition home
   * @param tenantId owner
   */
  record Space(long id, BucketName name, PartitionId partition, long tenantId) {}

  /**
   * A bucket of the caller's tenant.
   *
   * @throws dev.anvil.ports.failure.NotFound BucketNotFound, for one of another tenant likewise
   */
  Space named(Caller caller, BucketName name);

  /**
   * The bucket of a space of a partition's journal, deleted ones included as long as the journal
   * holds their entries; null if there is none.
   */
  Space space(PartitionId partition, long id);

  /**
   * Whether the bucket is gone and relationships decided about its keys: what anybody held on them
   * went with it, so they show to nobody, whatever is called so now.
   */
  boolean hidden(Space space);
}
