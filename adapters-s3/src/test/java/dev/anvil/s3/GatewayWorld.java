package dev.anvil.s3;

import dev.anvil.authz.Access;
import dev.anvil.codec.AesGcmSealer;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.codec.KeyMaterial;
import dev.anvil.identity.Accounts;
import dev.anvil.identity.AuthenticateSignature;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.CreateApplication;
import dev.anvil.identity.CreateTenant;
import dev.anvil.identity.Credentials;
import dev.anvil.identity.FindAccount;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.kernel.Incarnation;
import dev.anvil.objects.Attempts;
import dev.anvil.objects.BucketDirectory;
import dev.anvil.objects.CreateBucket;
import dev.anvil.objects.DeleteBucket;
import dev.anvil.objects.DeleteObject;
import dev.anvil.objects.GetBucket;
import dev.anvil.objects.GetObject;
import dev.anvil.objects.Guards;
import dev.anvil.objects.HeadObject;
import dev.anvil.objects.ListBuckets;
import dev.anvil.objects.ListObjectParts;
import dev.anvil.objects.ListObjects;
import dev.anvil.objects.ListVersions;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PutObject;
import dev.anvil.objects.ReadPins;
import dev.anvil.objects.ReplaceTags;
import dev.anvil.objects.UpdateBucket;
import dev.anvil.objects.batch.BatchDelete;
import dev.anvil.objects.configuration.ConfigureBucket;
import dev.anvil.objects.configuration.ReadConfiguration;
import dev.anvil.objects.copies.CopyObject;
import dev.anvil.objects.exposure.BucketExposures;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.ExposureContents;
import dev.anvil.objects.exposure.FindBucketOwner;
import dev.anvil.objects.exposure.GetCors;
import dev.anvil.objects.exposure.GetExposure;
import dev.anvil.objects.exposure.GetGrants;
import dev.anvil.objects.exposure.MatchOrigin;
import dev.anvil.objects.exposure.ReplaceCors;
import dev.anvil.objects.exposure.ReplaceGrants;
import dev.anvil.objects.lifecycle.RunLifecycle;
import dev.anvil.objects.lock.LockVersion;
import dev.anvil.objects.multipart.AbortUpload;
import dev.anvil.objects.multipart.CompleteUpload;
import dev.anvil.objects.multipart.CreateUpload;
import dev.anvil.objects.multipart.ListParts;
import dev.anvil.objects.multipart.ListUploads;
import dev.anvil.objects.multipart.PutPart;
import dev.anvil.objects.multipart.UploadContents;
import dev.anvil.objects.notify.DeliverMessages;
import dev.anvil.objects.notify.PutTarget;
import dev.anvil.objects.notify.TargetBook;
import dev.anvil.objects.notify.TellChanges;
import dev.anvil.objects.rules.LockClock;
import dev.anvil.objects.sealing.BodyKeys;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.DiskFile;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.ManualTicker;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.s3.answer.S3UseCases;
import dev.anvil.s3.answer.Use;
import dev.anvil.s3.wire.S3Limits;
import dev.anvil.s3.wire.S3Settings;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.storage.volumes.VolumeLimits;
import dev.anvil.waist.LocalPartitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** The gateway on a free port over use cases in memory, with two tenants. */
public final class GatewayWorld implements AutoCloseable {
  private static final Call ADMIN = new Call(Caller.admin("root"), "r-admin");
  static final int PARTITIONS = 2;
  private final SecureRandom random = new SecureRandom();
  private final AesGcmSealer sealer;
  final ManualTicker ticker = new ManualTicker();

  /** An application's credentials. */
  public record Key(String id, String secret) {}

  final ManualClock clock = new ManualClock(Instant.now());
  private final MemoryDisk disk = new MemoryDisk();
  private final MemoryBackend backend = new MemoryBackend(disk);
  final LocalPartitions partitions =
      LocalPartitions.open(backend, PARTITIONS, TestPartitions.runtime(clock));
  private final VolumeBodyStore bodies =
      VolumeBodyStore.open(
          disk,
          () -> backend.openEngine(VolumeBodyStore.INDEX_FOLDER),
          new SplittableRandom(1),
          VolumeLimits.DEFAULT,
          finding -> {});
  private final IdentityDirectory directory;
  private final Credentials credentials;
  private final Server server = new Server(new VirtualThreadPool(0));
  private final ServerConnector connector;
  ObjectServices services;
  TargetBook targets;
  final TestHandler handler;
  GovernedBuckets governed;
  final Key acme;
  final Key other;

  public GatewayWorld() {
    this(S3Limits.MAX_SILENCE);
  }

  /** With answers that are silent no longer than this. */
  GatewayWorld(Duration silence) {
    KeyMaterial key = KeyMaterial.of("KEY", "0123456789abcdef0123456789abcdef");
    sealer = new AesGcmSealer(List.of(key), random);
    directory = IdentityDirectory.open(partitions.directory(), sealer);
    credentials = new Credentials(sealer, random);
    acme = application("acme", "web", "*|*");
    other = application("other", "web", "*|*");
    S3Settings settings =
        new S3Settings("us-east-1", List.of("s3.test"), Set.of("127.0.0.1"), silence);
    handler = new TestHandler(new S3Gateway(settings, useCases(), clock));
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setRequestHeaderSize(32 << 10);
    http.setHeaderCacheCaseSensitive(true);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private S3UseCases useCases() {
    BucketDirectory buckets = new BucketDirectory(partitions);
    BucketExposures exposures = new BucketExposures(buckets, partitions);
    governed = new GovernedBuckets(partitions, buckets, clock, directory.tenant("acme").id());
    services =
        new ObjectServices(
                partitions,
                bodies,
                new Access(Meters.none(), (call, action, resource) -> {}, governed.gate, exposures),
                buckets,
                new Incarnation(7),
                clock,
                new JacksonJsonDocuments(),
                new Attempts(),
                new ReadPins())
            .with(new Guards(LockClock.after(null, clock, ticker), new BodyKeys(sealer, random)));
    ObjectServices s = services;
    targets = new TargetBook(partitions, sealer);
    Executor items = Executors.newVirtualThreadPerTaskExecutor();
    return new S3UseCases(
        new AuthenticateSignature(directory, credentials)::execute,
        new S3UseCases.Buckets(
            new CreateBucket(s)::execute,
            new GetBucket(s)::execute,
            new ListBuckets(s)::execute,
            new UpdateBucket(s)::execute,
            new DeleteBucket(s, List.of(new UploadContents(), new ExposureContents()))::execute),
        new S3UseCases.Objects(
            new PutObject(s)::execute,
            new GetObject(s)::execute,
            new HeadObject(s)::execute,
            new ListObjects(s)::execute,
            new ListVersions(s)::execute,
            new DeleteObject(s)::execute,
            new BatchDelete(s, items)::execute,
            slow(new CopyObject(s)::execute),
            new ReplaceTags(s)::execute,
            new ListObjectParts(s)::execute),
        new S3UseCases.Uploads(
            new CreateUpload(s)::execute,
            slow(new PutPart(s)::execute),
            new ListParts(s)::execute,
            new ListUploads(s)::execute,
            slow(new CompleteUpload(s)::execute),
            new AbortUpload(s)::execute),
        new S3UseCases.Grants(
            new GetExposure(s)::execute,
            new ChangeExposure(s, exposures, new Accounts(directory))::execute,
            new GetGrants(s)::execute,
            new ReplaceGrants(s)::execute,
            new FindAccount(new Accounts(directory))::execute,
            new FindBucketOwner(s)::execute),
        new S3UseCases.Cors(
            new GetCors(s)::execute,
            new ReplaceCors(s, exposures)::execute,
            new MatchOrigin(exposures)::execute),
        new S3UseCases.Rules(
            new ConfigureBucket(s, targets)::execute,
            new ReadConfiguration(s)::execute,
            new LockVersion(s)::execute));
  }

  /** What a copy, a part or a completion waits for before it begins. */
  volatile Runnable hold = () -> {};

  private <C, R> Use<C, R> slow(Use<C, R> use) {
    return (call, command) -> {
      hold.run();
      return use.execute(call, command);
    };
  }

  /** Makes an application, and its tenant if need be. */
  Key application(String tenant, String name, String grant) {
    if (!tenants.contains(tenant)) {
      new CreateTenant(directory).execute(ADMIN, new CreateTenant.Command(tenant));
      tenants.add(tenant);
    }
    CreateApplication.Result made =
        new CreateApplication(directory, credentials)
            .execute(ADMIN, new CreateApplication.Command(tenant, name, List.of(grant), "test"));
    return new Key(made.application().clientId(), made.clientSecret());
  }

  private final Set<String> tenants = new java.util.HashSet<>();

  /** Wall and monotonic time pass alike; then the lifecycle runs until nothing is left to do. */
  void pass(Duration time) {
    clock.move(time);
    ticker.advance(time);
    lifecycle(new RunLifecycle(services));
  }

  /** Names a target; gives its secret. */
  String target(String name, String url) {
    return new PutTarget(targets, random)
        .execute(ADMIN, new PutTarget.Command(name, url, null))
        .secret();
  }

  /** Takes what is to be told from the journals, and posts what is due. */
  void tell(List<TellChanges> consumers, DeliverMessages deliver) {
    for (int n = 0; n < PARTITIONS; n++) {
      TellChanges consumer = consumers.get(n);
      boolean more = true;
      while (more && consumer.hasRoom()) {
        long cursor = consumer.cursor();
        JournalPage page = partitions.get(new PartitionId(n)).journal(cursor, 100);
        if (page.through() > cursor) {
          consumer.apply(page.entries(), page.through(), 1);
        }
        more = page.through() < page.head();
      }
      int steps = 0;
      while (deliver.step(new PartitionId(n), 1)) {
        if (++steps > 1_000) {
          throw new AssertionError("deliveries do not end");
        }
      }
    }
  }

  /** One consumer a partition, as after a start of the node. */
  List<TellChanges> consumers() {
    List<TellChanges> all = new java.util.ArrayList<>();
    for (int n = 0; n < PARTITIONS; n++) {
      all.add(new TellChanges(partitions.get(new PartitionId(n)), clock, Meters.none()));
    }
    return all;
  }

  /** Runs the lifecycle to its rest. */
  void lifecycle(RunLifecycle lifecycle) {
    for (int n = 0; n < PARTITIONS; n++) {
      int steps = 0;
      while (lifecycle.step(new PartitionId(n), 1)) {
        if (++steps > 10_000) {
          throw new AssertionError("the lifecycle does not end");
        }
      }
    }
  }

  /** Whether any file of bodies or any value of a partition holds the text, as Latin-1. */
  boolean holds(String text) {
    for (int n = 0; n < PARTITIONS; n++) {
      boolean found =
          partitions
              .get(new PartitionId(n))
              .read(tx -> {
                try (EntryCursor c = tx.scan(KeyRange.ALL, Order.ASCENDING)) {
                  while (c.next()) {
                    if (latin(c.value()).contains(text)) {
                      return true;
                    }
                  }
                  return false;
                }
              });
      if (found) {
        return true;
      }
    }
    try {
      for (String file : disk.list("bodies/volumes")) {
        try (DiskFile open = disk.openRead("bodies/volumes/" + file)) {
          ByteBuffer all = ByteBuffer.allocate((int) open.size());
          while (all.hasRemaining() && open.read(all, all.position()) > 0) {
            continue;
          }
          if (latin(all.array()).contains(text)) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  public int port() {
    return connector.getLocalPort();
  }

  S3Client client() {
    return new S3Client(port(), acme, clock);
  }

  /** The same, and there is a bucket {@code docs}. */
  S3Client docsClient() {
    S3Client client = client();
    client.send("PUT", "/docs");
    return client;
  }

  S3Client client(Key key) {
    return new S3Client(port(), key, clock);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    partitions.close();
    bodies.close();
  }
}
