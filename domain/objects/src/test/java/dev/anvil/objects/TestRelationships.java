package dev.anvil.objects;

import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.kernel.Incarnation;
import dev.anvil.ports.storage.Partitions;
import java.time.InstantSource;

/** Relationships as a node has them, with the limits of one. */
public final class TestRelationships {
  private TestRelationships() {}

  /** Over these partitions and buckets. */
  public static Relationships over(
      Partitions partitions, BucketDirectory directory, InstantSource clock) {
    return new Relationships(
        partitions,
        new SchemaReader(AuthzLimits.SchemaLimits.DEFAULT, new CelCaveats()),
        new RevisionTokens(new Incarnation(1), new byte[16], AuthzLimits.DEFAULT),
        AuthzLimits.DEFAULT,
        clock,
        System::nanoTime,
        new BucketIds(directory));
  }
}
