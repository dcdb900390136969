package dev.anvil.s3;

import dev.anvil.authz.Gate;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.Governed;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.kernel.Incarnation;
import dev.anvil.objects.BucketDirectory;
import dev.anvil.objects.BucketIds;
import dev.anvil.objects.BucketKeys;
import dev.anvil.ports.caveats.CaveatEngine;
import dev.anvil.ports.caveats.CaveatProgram;
import dev.anvil.ports.caveats.CaveatRejected;
import dev.anvil.ports.caveats.CaveatSource;
import dev.anvil.ports.storage.Partitions;
import java.time.InstantSource;
import java.util.List;

/** Relationships of the first tenant of a {@link GatewayWorld}, without conditions. */
final class GovernedBuckets {
  private final Relationships relationships;
  private final long tenant;
  final Gate gate;

  GovernedBuckets(
      Partitions partitions, BucketDirectory buckets, InstantSource clock, long tenant) {
    this.tenant = tenant;
    relationships =
        new Relationships(
            partitions,
            new SchemaReader(AuthzLimits.SchemaLimits.DEFAULT, new NoCaveats()),
            new RevisionTokens(new Incarnation(7), new byte[16], AuthzLimits.DEFAULT),
            AuthzLimits.DEFAULT,
            clock,
            System::nanoTime,
            new BucketIds(buckets));
    gate = new Gate(relationships, new BucketKeys(buckets, partitions, List.of()));
  }

  private Relationships.Owner owner() {
    return new Relationships.Owner(tenant, "acme");
  }

  private static WriteRequest.By by() {
    return new WriteRequest.By("admin:root", "r", 0, null, null);
  }

  /** Puts a bucket under relationships; the application owns it. */
  void govern(String bucket, String clientId) {
    SubjectRef app = new SubjectRef("anvil/app", clientId, null);
    new Governed(relationships).set(owner(), bucket, true, app, by());
  }

  void touch(String tuple) {
    write(WriteRequest.Op.TOUCH, tuple);
  }

  void delete(String tuple) {
    write(WriteRequest.Op.DELETE, tuple);
  }

  private void write(WriteRequest.Op op, String tuple) {
    var change = new WriteRequest.Change(op, TupleText.parse(tuple));
    new TupleWrites(relationships)
        .write(owner(), new WriteRequest(List.of(change), List.of(), null, null), by());
  }

  /** These tests have no conditions. */
  private static final class NoCaveats implements CaveatEngine {
    @Override
    public String language() {
      return "none";
    }

    @Override
    public CaveatProgram compile(CaveatSource source) throws CaveatRejected {
      throw new CaveatRejected("there are no conditions here", 0, 0);
    }
  }
}
