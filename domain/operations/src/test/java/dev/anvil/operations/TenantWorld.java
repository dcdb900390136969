package dev.anvil.operations;

import dev.anvil.authz.Access;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.schema.SchemaReader;
import dev.anvil.authz.store.EraseRelationships;
import dev.anvil.authz.store.ObjectIds;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.RevisionTokens;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.caveats.cel.CelCaveats;
import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.CreateApplication;
import dev.anvil.identity.CreateTenant;
import dev.anvil.identity.Credentials;
import dev.anvil.identity.DeleteTenant;
import dev.anvil.identity.EraseIdentity;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.Scopes;
import dev.anvil.journal.TenantErasure;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.objects.BucketSettings;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.EraseBuckets;
import dev.anvil.objects.FinishBuckets;
import dev.anvil.objects.ForgetBuckets;
import dev.anvil.objects.Labels;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.Puts;
import dev.anvil.objects.Quota;
import dev.anvil.objects.SweepGarbage;
import dev.anvil.objects.Versioning;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import dev.anvil.ports.storage.WriteTx;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.StandingLease;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.storage.volumes.VolumeLimits;
import dev.anvil.waist.LocalPartitions;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Tenants with buckets and relationships, in memory; work on them can be cut at any commit. */
final class TenantWorld implements AutoCloseable {
  static final Call ADMIN = new Call(Caller.admin("root"), "r-admin");
  private static final KeyMaterial KEY =
      KeyMaterial.of("ANVIL_SECRET_ENCRYPTION_KEY", "0123456789abcdef0123456789abcdef");

  /** The process ends here. */
  static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final MemoryDisk disk = new MemoryDisk();
  private final MemoryBackend backend = new MemoryBackend(disk);
  private final SecureRandom random = new SecureRandom();
  private int boots;
  private LocalPartitions local;
  private VolumeBodyStore bodies;
  private ObjectServices services;
  private Relationships relationships;
  private Credentials credentials;
  private int cutAt = Integer.MAX_VALUE;
  private boolean cutDone;
  private int writes;
  Partitions partitions;
  IdentityDirectory directory;

  TenantWorld() {
    start();
  }

  private void start() {
    boots++;
    local = LocalPartitions.open(backend, 3, TestPartitions.runtime(clock));
    partitions = new CuttingPartitions(local, this::beforeWrite, this::afterWrite);
    bodies =
        VolumeBodyStore.open(
            disk,
            () -> backend.openEngine(VolumeBodyStore.INDEX_FOLDER),
            new SplittableRandom(boots),
            VolumeLimits.DEFAULT,
            finding -> {});
    services =
        ObjectServices.of(
            partitions,
            bodies,
            new Access(Meters.none(), (call, action, resource) -> {}),
            new Incarnation(7),
            clock,
            new JacksonJsonDocuments());
    AuthzLimits limits = AuthzLimits.DEFAULT;
    relationships =
        new Relationships(
            partitions,
            new SchemaReader(limits.schema(), new CelCaveats()),
            new RevisionTokens(new Incarnation(7), new byte[32], limits),
            limits,
            clock,
            System::nanoTime,
            ObjectIds.PLAIN);
    AesGcmSealer sealer = new AesGcmSealer(List.of(KEY), random);
    directory = IdentityDirectory.open(partitions.directory(), sealer);
    credentials = new Credentials(sealer, random);
  }

  private void beforeWrite() {
    if (++writes == cutAt && !cutDone) {
      throw new Cut();
    }
  }

  private void afterWrite() {
    if (writes == cutAt && cutDone) {
      throw new Cut();
    }
  }

  /** The nth commit from now is the last: it happens or not, and nobody hears of it. */
  void cutAtWrite(int nth, boolean done) {
    writes = 0;
    cutAt = nth;
    cutDone = done;
  }

  boolean untilCut(Runnable work) {
    try {
      work.run();
      return false;
    } catch (Cut e) {
      return true;
    } finally {
      cutAt = Integer.MAX_VALUE;
    }
  }

  void restart() {
    local.close();
    bodies.close();
    start();
  }

  void tenant(String name) {
    new CreateTenant(directory).execute(ADMIN, new CreateTenant.Command(name));
  }

  CreateApplication.Result application(String tenant, String name) {
    return new CreateApplication(directory, credentials)
        .execute(ADMIN, new CreateApplication.Command(tenant, name, List.of("*|*"), null));
  }

  Call as(CreateApplication.Result app) {
    long id = directory.tenant(app.application().tenant()).id();
    return new Call(
        Caller.application(
            id, app.application().tenant(), app.application().clientId(), Scopes.ALL),
        "r-app");
  }

  void bucket(Call call, String name) {
    var settings =
        new BucketSettings(
            "local", Versioning.ENABLED, Labels.bucketTags(Map.of()), Quota.UNLIMITED);
    new CreateBucket(services)
        .execute(call, new CreateBucket.Command(new BucketName(name), settings, null));
  }

  void put(Call call, String bucket, String key) {
    byte[] content = key.getBytes(StandardCharsets.UTF_8);
    new PutObject(services).execute(call, Puts.text(new BucketName(bucket), key, content));
  }

  void touch(Call call, String tuple) {
    var change = new WriteRequest.Change(WriteRequest.Op.TOUCH, TupleText.parse(tuple));
    new TupleWrites(relationships)
        .write(
            new Relationships.Owner(call.caller().tenantId(), call.caller().tenant()),
            new WriteRequest(List.of(change), List.of(), null, null),
            new WriteRequest.By(call.caller().actor(), "r", 0, null, null));
  }

  void delete(String tenant) {
    new DeleteTenant(directory).execute(ADMIN, new DeleteTenant.Command(tenant, "over"));
  }

  private static final Lease LEASE = StandingLease.FIRST;

  private List<TenantErasure> subjects() {
    EraseRelationships erase = new EraseRelationships(relationships);
    return List.of(
        new EraseBuckets(services, List.of()),
        new TenantErasure() {
          @Override
          public String subject() {
            return "relationships";
          }

          @Override
          public Progress step(long id, String tenant, Consumer<WriteTx> fence) {
            return erase.step(id, fence) ? Progress.MORE : Progress.DONE;
          }
        });
  }

  /** Leased work until no tenant is left to erase. */
  void upkeep() {
    EraseTenants erase = new EraseTenants(new EraseIdentity(directory), subjects());
    FinishBuckets finish = new FinishBuckets(services, List.of());
    for (int round = 0;
        round < 1_000 && !new EraseIdentity(directory).waiting().isEmpty();
        round++) {
      erase.step(LEASE);
      for (int n = 0; n < partitions.count(); n++) {
        finish.step(new PartitionId(n), 1);
      }
    }
  }

  /** The sweep, and whose deleted buckets were, as if the journal were trimmed. */
  void forget() {
    SweepGarbage sweep = new SweepGarbage(services, bodies, List.of());
    for (int n = 0; n < partitions.count(); n++) {
      PartitionId id = new PartitionId(n);
      Partition p = partitions.get(id);
      while (sweep.step(id, 1)) {
        clock.move(java.time.Duration.ofSeconds(1));
      }
      p.write(tx -> tx.append(dev.anvil.ports.testkit.Drafts.of("test", "x")));
      while (p.trimJournal("test", 1, p.head().cursor())) {
        clock.move(java.time.Duration.ofMillis(1));
      }
      new ForgetBuckets(services).step(id, 1);
    }
  }

  @Override
  public void close() {
    local.close();
    bodies.close();
  }
}
