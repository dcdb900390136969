package dev.anvil.app.node;

import dev.anvil.authz.Access;
import dev.anvil.authz.Gate;
import dev.anvil.authz.RefusalLog;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.relations.AuthzServices;
import dev.anvil.authz.relations.CheckBatch;
import dev.anvil.authz.relations.CheckPermission;
import dev.anvil.authz.relations.DeleteTuples;
import dev.anvil.authz.relations.DescribeCall;
import dev.anvil.authz.relations.ExpandPermission;
import dev.anvil.authz.relations.ExplainPermission;
import dev.anvil.authz.relations.FindObjects;
import dev.anvil.authz.relations.FindSubjects;
import dev.anvil.authz.relations.PutSchema;
import dev.anvil.authz.relations.ReadAuthzStatus;
import dev.anvil.authz.relations.ReadSchema;
import dev.anvil.authz.relations.ReadTuples;
import dev.anvil.authz.relations.RelationMeters;
import dev.anvil.authz.relations.SetBucketAccess;
import dev.anvil.authz.relations.SwitchClosure;
import dev.anvil.authz.relations.WriteTuples;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.AuditTrail;
import dev.anvil.kernel.Incarnation;
import dev.anvil.objects.BucketDirectory;
import dev.anvil.objects.BucketIds;
import dev.anvil.objects.BucketKeys;
import dev.anvil.objects.exposure.BucketExposures;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partitions;

/** Relationship authorisation: its services, and the door that rests on them. */
record RelationParts(AuthzServices services, BucketDirectory buckets, BucketExposures exposures) {
  static RelationParts of(
      Partitions partitions,
      Incarnation incarnation,
      KeyMaterial key,
      NodeTime time,
      Meters meters,
      RefusalLog log,
      AuditTrail trail) {
    AuthzLimits limits = AuthzLimits.DEFAULT;
    BucketDirectory buckets = new BucketDirectory(partitions);
    Relationships relationships =
        new Relationships(
            partitions,
            new SchemaReader(
                limits.schema(), MeteredCaveats.of(new CelCaveats(), meters, time.ticker())),
            new RevisionTokens(incarnation, key.sealingKey("authz-revisions"), limits),
            limits,
            time.clock(),
            time.ticker(),
            new BucketIds(buckets));
    BucketKeys keys = new BucketKeys(buckets, partitions, ObjectUseCases.CONTENTS);
    BucketExposures exposures = new BucketExposures(buckets, partitions);
    Access access = new Access(meters, log, new Gate(relationships, keys, meters), exposures);
    RelationMeters measured = new RelationMeters(meters, time.ticker());
    ClosureMeters.register(meters, relationships.closures());
    ClosureMeters.register(meters, relationships.stock());
    return new RelationParts(
        new AuthzServices(access, relationships, measured, trail), buckets, exposures);
  }

  UseCases.Relations useCases() {
    AuthzServices s = services;
    return new UseCases.Relations(
        new CheckPermission(s)::execute,
        new CheckBatch(s)::execute,
        new FindObjects(s)::execute,
        new FindSubjects(s)::execute,
        new WriteTuples(s)::execute,
        new DeleteTuples(s)::execute,
        new ReadTuples(s)::execute,
        new PutSchema(s)::execute,
        new ReadSchema(s)::execute,
        new SetBucketAccess(s)::execute,
        new DescribeCall(s)::execute,
        new ExplainPermission(s)::execute,
        new ExpandPermission(s)::execute,
        new ReadAuthzStatus(s)::execute,
        new SwitchClosure(s)::execute);
  }
}
