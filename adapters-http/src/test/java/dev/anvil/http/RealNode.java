package dev.anvil.http;

import dev.anvil.authz.Access;
import dev.anvil.authz.Gate;
import dev.anvil.authz.ScreenName;
import dev.anvil.authz.limits.AuthzLimits;
import dev.anvil.authz.relations.AppointTenantAdmin;
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
import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.codec.JwtTokens;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.codec.SivSealer;
import dev.anvil.codec.TokenKey;
import dev.anvil.http.use.UseCases;
import dev.anvil.identity.Accounts;
import dev.anvil.identity.AddGrant;
import dev.anvil.identity.AdminCredential;
import dev.anvil.identity.AuditTrail;
import dev.anvil.identity.AuthenticateAdmin;
import dev.anvil.identity.AuthenticateToken;
import dev.anvil.identity.CreateApplication;
import dev.anvil.identity.CreateTenant;
import dev.anvil.identity.Credentials;
import dev.anvil.identity.GrantAuthority;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.IssueToken;
import dev.anvil.identity.ListApplications;
import dev.anvil.identity.ListGrants;
import dev.anvil.identity.ListTenants;
import dev.anvil.identity.PublishKeys;
import dev.anvil.identity.RemoveGrant;
import dev.anvil.identity.RevokeApplication;
import dev.anvil.identity.RevokeAuthority;
import dev.anvil.identity.RotateSecret;
import dev.anvil.identity.SuspendTenant;
import dev.anvil.identity.TokenSettings;
import dev.anvil.journal.watch.CursorTexts;
import dev.anvil.journal.watch.Incarnations;
import dev.anvil.journal.watch.WatchBucket;
import dev.anvil.journal.watch.WatchHub;
import dev.anvil.journal.watch.WatchRelationships;
import dev.anvil.journal.watch.WatchTenant;
import dev.anvil.kernel.Incarnation;
import dev.anvil.objects.Attempts;
import dev.anvil.objects.BucketDirectory;
import dev.anvil.objects.BucketIds;
import dev.anvil.objects.BucketKeys;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.DeleteBucket;
import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.GetBucket;
import dev.anvil.objects.GetObject;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.JournalSpaces;
import dev.anvil.objects.ListBuckets;
import dev.anvil.objects.ListObjects;
import dev.anvil.objects.ListVersions;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.ReadPins;
import dev.anvil.objects.UpdateBucket;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.objects.batch.BatchHead;
import dev.anvil.objects.batch.BatchPutSmall;
import dev.anvil.objects.copies.ComposeObject;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.copies.PatchJson;
import dev.anvil.objects.copies.RenameObject;
import dev.anvil.objects.copies.UpdateMetadata;
import dev.anvil.objects.exposure.BucketExposures;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.GetExposure;
import dev.anvil.objects.lock.ConfirmLockClock;
import dev.anvil.objects.manifests.DeleteManifest;
import dev.anvil.objects.manifests.GetManifest;
import dev.anvil.objects.manifests.ListManifests;
import dev.anvil.objects.manifests.ManifestContents;
import dev.anvil.objects.manifests.PutManifest;
import dev.anvil.objects.multipart.AbortUpload;
import dev.anvil.objects.multipart.CompleteUpload;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.ListUploads;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.objects.notify.DeleteTarget;
import dev.anvil.objects.notify.ListDeadMessages;
import dev.anvil.objects.notify.ListTargets;
import dev.anvil.objects.notify.PutTarget;
import dev.anvil.objects.notify.RetryDeadMessages;
import dev.anvil.objects.notify.TargetBook;
import dev.anvil.objects.streams.AppendRecords;
import dev.anvil.objects.streams.CreateStream;
import dev.anvil.objects.streams.DeleteStream;
import dev.anvil.objects.streams.GetStream;
import dev.anvil.objects.streams.ListStreams;
import dev.anvil.objects.streams.ReadStream;
import dev.anvil.objects.streams.SealStream;
import dev.anvil.objects.streams.StreamContents;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.storage.volumes.VolumeLimits;
import dev.anvil.waist.LocalPartitions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** All use cases on memory, as the application wires them. */
final class RealNode implements AutoCloseable {
  final AdminCredential admin;

  /** Refusals of the reserved namespace that were counted. */
  final AtomicLong refused = new AtomicLong();

  final UseCases useCases;

  /** Done whenever a reader of a stream looks at its clock. */
  volatile Runnable onTail = () -> {};

  private WatchHub hub;
  private DoubleSupplier watches;

  private final LocalPartitions partitions;
  private final VolumeBodyStore bodies;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  RealNode() {
    SecureRandom random = new SecureRandom();
    MemoryDisk disk = new MemoryDisk();
    MemoryBackend backend = new MemoryBackend(disk);
    partitions = LocalPartitions.open(backend, 3, TestPartitions.runtime());
    bodies =
        VolumeBodyStore.open(
            disk,
            () -> backend.openEngine(VolumeBodyStore.INDEX_FOLDER),
            new SplittableRandom(1),
            VolumeLimits.DEFAULT,
            finding -> {});
    KeyMaterial secret = KeyMaterial.of("TEST", "0123456789abcdef0123456789abcdef");
    BucketDirectory buckets = new BucketDirectory(partitions);
    Relationships relationships = relationships(partitions, secret, buckets);
    BucketExposures exposures = new BucketExposures(buckets, partitions);
    Access access =
        new Access(
            Meters.none(),
            (call, action, resource) -> refused.incrementAndGet(),
            new Gate(
                relationships,
                new BucketKeys(
                    buckets, partitions, List.of(new ManifestContents(), new StreamContents()))),
            exposures);
    ObjectServices services =
        new ObjectServices(
            partitions,
            bodies,
            access,
            buckets,
            new Incarnation(7),
            InstantSource.system(),
            new JacksonJsonDocuments(),
            new Attempts(),
            new ReadPins());
    admin = AdminCredential.generate(random);
    AesGcmSealer sealer = new AesGcmSealer(List.of(secret), random);
    IdentityDirectory directory = IdentityDirectory.open(partitions.directory(), sealer);
    AuditTrail trail = new AuditTrail(directory, InstantSource.system());
    AuthzServices authz = new AuthzServices(access, relationships, RelationMeters.none(), trail);
    Credentials credentials = new Credentials(sealer, random);
    JwtTokens tokens = new JwtTokens(List.of(TokenKey.hs256(secret)));
    TokenSettings settings = new TokenSettings("anvil", "anvil", Duration.ofMinutes(15));
    useCases =
        new UseCases(
            buckets(services),
            objects(services),
            copies(services),
            batches(services, executor),
            uploads(services),
            manifests(services),
            streams(services),
            watches(services, secret, relationships),
            relations(authz),
            new UseCases.Identity(
                new AuthenticateToken(directory, tokens, settings, InstantSource.system())::execute,
                new AuthenticateToken(directory, tokens, settings, InstantSource.system())::execute,
                new IssueToken(directory, credentials, tokens, settings, InstantSource.system())
                    ::execute,
                new GrantAuthority(directory)::execute,
                new RevokeAuthority(directory)::execute,
                new PublishKeys(tokens)::execute),
            administration(
                directory, credentials, admin, authz, RealCare.of(directory, tokens, random)),
            new UseCases.Exposures(
                new GetExposure(services)::execute,
                new ChangeExposure(services, exposures, new Accounts(directory))::execute),
            upkeep(services, new TargetBook(partitions, sealer)));
  }

  private UseCases.Upkeep upkeep(ObjectServices s, TargetBook targets) {
    return new UseCases.Upkeep(
        new PutTarget(targets, new SecureRandom())::execute,
        new ListTargets(targets)::execute,
        new DeleteTarget(targets)::execute,
        new ListDeadMessages(targets)::execute,
        new RetryDeadMessages(targets)::execute,
        new ConfirmLockClock(s)::execute);
  }

  private static Relationships relationships(
      LocalPartitions partitions, KeyMaterial secret, BucketDirectory buckets) {
    return new Relationships(
        partitions,
        new SchemaReader(AuthzLimits.DEFAULT.schema(), new CelCaveats()),
        new RevisionTokens(
            new Incarnation(7), secret.sealingKey("authz-revisions"), AuthzLimits.DEFAULT),
        AuthzLimits.DEFAULT,
        InstantSource.system(),
        System::nanoTime,
        new BucketIds(buckets));
  }

  private static UseCases.Buckets buckets(ObjectServices s) {
    return new UseCases.Buckets(
        new CreateBucket(s)::execute,
        new GetBucket(s)::execute,
        new ListBuckets(s)::execute,
        new UpdateBucket(s)::execute,
        new DeleteBucket(s, List.of())::execute);
  }

  private static UseCases.Objects objects(ObjectServices s) {
    return new UseCases.Objects(
        new PutObject(s)::execute,
        new GetObject(s)::execute,
        new HeadObject(s)::execute,
        new ListObjects(s)::execute,
        new ListVersions(s)::execute,
        new DeleteObject(s)::execute,
        new ScreenName(s.access())::execute);
  }

  private static UseCases.Copies copies(ObjectServices s) {
    return new UseCases.Copies(
        new CopyObject(s)::execute,
        new ComposeObject(s)::execute,
        new RenameObject(s)::execute,
        new UpdateMetadata(s)::execute,
        new PatchJson(s)::execute);
  }

  private static UseCases.Batches batches(ObjectServices s, ExecutorService executor) {
    return new UseCases.Batches(
        new BatchDelete(s, executor)::execute,
        new BatchHead(s)::execute,
        new BatchPutSmall(s, executor)::execute);
  }

  private static UseCases.Uploads uploads(ObjectServices s) {
    return new UseCases.Uploads(
        new CreateUpload(s)::execute,
        new PutPart(s)::execute,
        new ListParts(s)::execute,
        new ListUploads(s)::execute,
        new CompleteUpload(s)::execute,
        new AbortUpload(s)::execute);
  }

  private static UseCases.Manifests manifests(ObjectServices s) {
    return new UseCases.Manifests(
        new GetManifest(s)::execute,
        new PutManifest(s)::execute,
        new DeleteManifest(s)::execute,
        new ListManifests(s)::execute);
  }

  private UseCases.Streams streams(ObjectServices s) {
    return new UseCases.Streams(
        new CreateStream(s)::execute,
        new AppendRecords(s)::execute,
        new ReadStream(s, this::atTail)::execute,
        new GetStream(s)::execute,
        new SealStream(s)::execute,
        new DeleteStream(s)::execute,
        new ListStreams(s)::execute);
  }

  private static UseCases.Relations relations(AuthzServices s) {
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

  private UseCases.Watches watches(
      ObjectServices s, KeyMaterial secret, Relationships relationships) {
    CursorTexts cursors =
        new CursorTexts(new SivSealer(List.of(secret), "cursor"), s.incarnation());
    Incarnations incarnations = Incarnations.open(partitions, s.incarnation());
    hub =
        new WatchHub(
            new WatchHub.Sources(
                partitions, s.access(), new JournalSpaces(s), cursors, incarnations),
            executor,
            System::nanoTime,
            new GaugeOf("anvil_watches", value -> watches = value));
    return new UseCases.Watches(
        new WatchBucket(hub)::execute,
        new WatchTenant(hub)::execute,
        new WatchRelationships(hub, relationships)::execute,
        cursors);
  }

  private static UseCases.Administration administration(
      IdentityDirectory directory,
      Credentials credentials,
      AdminCredential admin,
      AuthzServices authz,
      UseCases.Oversight oversight) {
    return new UseCases.Administration(
        new AuthenticateAdmin(admin::digest)::execute,
        new CreateTenant(directory)::execute,
        new ListTenants(directory)::execute,
        new SuspendTenant(directory)::execute,
        new CreateApplication(directory, credentials)::execute,
        new ListApplications(directory)::execute,
        new RotateSecret(directory, credentials)::execute,
        new RevokeApplication(directory)::execute,
        new AddGrant(directory)::execute,
        new RemoveGrant(directory)::execute,
        new ListGrants(directory)::execute,
        new AppointTenantAdmin(authz, directory)::execute,
        oversight);
  }

  /** As the gauge says. */
  long openWatches() {
    return (long) watches.getAsDouble();
  }

  @Override
  public void close() {
    hub.close();
    partitions.close();
    executor.close();
    bodies.close();
  }

  private long atTail() {
    onTail.run();
    return System.nanoTime();
  }
}
