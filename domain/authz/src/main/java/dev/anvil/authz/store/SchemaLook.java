package dev.anvil.authz.store;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.time.Ticker;
import java.time.Duration;

/**
 * Looks once, a little at a time, whether this node can compile the schema in force of every
 * tenant, so that a node too old for its store says so before a question meets it. Nothing of it is
 * kept. One thread at a time.
 */
final class SchemaLook {
  private static final Duration STEP = Duration.ofMillis(200);

  private final Partitions partitions;
  private final Schemas schemas;
  private final Ticker ticker;
  private int partition;
  private long tenant = 1;

  SchemaLook(Partitions partitions, Schemas schemas, Ticker ticker) {
    this.partitions = partitions;
    this.schemas = schemas;
    this.ticker = ticker;
  }

  /** Looks at some more tenants; whether there are others. */
  synchronized boolean step() {
    long until = ticker.nanos() + STEP.toNanos();
    while (partition < partitions.count()) {
      Partition p = partitions.get(new PartitionId(partition));
      Long next = p.read(this::look);
      if (next == null) {
        partition++;
        tenant = 1;
      } else {
        tenant = next + 1;
      }
      if (ticker.nanos() > until) {
        return partition < partitions.count();
      }
    }
    return false;
  }

  /** The tenant that was looked at; null if there is none. */
  private Long look(ReadTx tx) {
    Long found = ClosureWrites.tenantFrom(tx, tenant);
    if (found != null) {
      TenantState state = TenantState.decode(tx.get(AuthzRecords.state(found)));
      try {
        schemas.tryOut(tx, found, state);
      } catch (Unavailable e) {
        // counted by the schemas, which readiness asks
        return found;
      }
    }
    return found;
  }
}
