package dev.anvil.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.anvil.authz.Access;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.multipart.UploadLeftovers;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.waist.LocalPartitions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A node's objects in memory: partitions on a store that outlives {@link #crash}, and bodies. */
public final class BucketFixture implements AutoCloseable {
  /** A bucket in partition 1. */
  public static final BucketName BUCKET = new BucketName("docs");

  /** Everything is allowed to it. */
  public static final Call CALL = call("app", "*|*");

  private final MemoryBackend backend = new MemoryBackend(null);
  private final MemoryBodies bodies = new MemoryBodies();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-02T03:04:05.678Z"));
  private final int partitions;
  private LocalPartitions open;
  private ObjectServices services;
  private long nextId = 1;

  /** With three partitions and the bucket {@link #BUCKET} of the given versioning. */
  public BucketFixture(Versioning versioning) {
    this.partitions = 3;
    start();
    create(BUCKET, 1, versioning, Quota.UNLIMITED);
  }

  /** Unversioned. */
  public BucketFixture() {
    this(Versioning.UNVERSIONED);
  }

  /** A call of an application of the one tenant. */
  public static Call call(String client, String... scopes) {
    Caller caller = Caller.application(5, "acme", client, Scopes.parse(String.join(" ", scopes)));
    return new Call(caller, "req-1");
  }

  /** Makes a bucket by hand. */
  public void create(BucketName name, int partition, Versioning versioning, Quota quota) {
    long id = nextId++;
    Instant at = clock.instant();
    BucketSettings settings =
        new BucketSettings(
            BucketSettings.DEFAULT_REGION, versioning, Labels.bucketTags(Map.of()), quota);
    PartitionId home = new PartitionId(partition);
    NameRecord record = new NameRecord(id, home, 5, "acme", at, settings, false, null, false);
    services
        .partitions()
        .directory()
        .write(tx -> {
          tx.put(NameRecord.key(name), record.encode());
          return null;
        });
    BucketRecord bucket =
        new BucketRecord(
            id,
            name,
            5,
            "acme",
            at,
            settings,
            versioning != Versioning.UNVERSIONED,
            BucketState.OPEN,
            0);
    services
        .partitions()
        .get(home)
        .write(tx -> {
          tx.put(ObjectsRecords.bucket(id), BucketCodec.encode(bucket));
          return null;
        });
  }

  private void start() {
    open = LocalPartitions.open(backend, partitions, TestPartitions.runtime(clock));
    Access access = new Access(Meters.none(), (call, action, resource) -> {});
    services =
        ObjectServices.of(
            open, bodies, access, new Incarnation(9), clock, new JacksonJsonDocuments());
  }

  /** The process dies and starts again; what was not synced is gone. */
  public void crash() {
    backend.crashStores();
    try {
      open.close();
    } catch (AnvilException e) {
      assertThat(e.code()).isNotNull();
    }
    start();
  }

  /** The services of the running process. */
  public ObjectServices services() {
    return services;
  }

  /** The store of a partition, for faults. */
  public dev.anvil.ports.testkit.MemoryStore store(int partition) {
    return backend.store(LocalPartitions.folder(new PartitionId(partition)));
  }

  /** Home of {@link #BUCKET}. */
  public Partition home() {
    return services.partitions().get(new PartitionId(1));
  }

  /** The bodies. */
  public MemoryBodies bodies() {
    return bodies;
  }

  /** The wall clock. */
  public ManualClock clock() {
    return clock;
  }

  /** Counters of a bucket. */
  public BucketCounters counters(BucketName name) {
    BucketRef ref = services.buckets().require(CALL.caller(), name);
    return services
        .partitions()
        .get(ref.partition())
        .read(tx -> BucketTx.readCounters(tx, ref.id()));
  }

  /** Internal id of a bucket. */
  public long id(BucketName name) {
    return services.buckets().require(CALL.caller(), name).id();
  }

  /** Kinds of the journal entries of {@link #BUCKET}'s home after a cursor. */
  public List<String> journal(long after) {
    return home().journal(after, 1_000).entries().stream().map(e -> e.change().kind()).toList();
  }

  /** Puts an object. */
  public Receipt put(String key, byte[] content) {
    return put(BUCKET, key, content, Description.NONE);
  }

  /** Puts an object with a description. */
  public Receipt put(BucketName bucket, String key, byte[] content, Description d) {
    return new PutObject(services)
        .execute(
            CALL,
            new PutObject.Command(
                bucket,
                ObjectKey.of(key),
                new ByteArrayInputStream(content),
                content.length,
                d.headers(),
                d.userMetadata(),
                d.structured(),
                d.tags(),
                ExpectedDigests.NONE,
                Preconditions.NONE,
                null))
        .receipt();
  }

  /** An object's info. */
  public ObjectInfo head(BucketName bucket, String key) {
    return new HeadObject(services)
        .execute(
            CALL,
            new HeadObject.Command(bucket, ObjectKey.of(key), null, ReadConditions.NONE, List.of()))
        .info();
  }

  /** An object's bytes, as text. */
  public String text(BucketName bucket, String key) {
    return new String(bytes(bucket, key), StandardCharsets.UTF_8);
  }

  /** An object's bytes. */
  public byte[] bytes(BucketName bucket, String key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectContent content = opened(bucket, key).content();
        BodyReader reader = content.open()) {
      for (ByteBuffer b = reader.next(); b != null; b = reader.next()) {
        byte[] bytes = new byte[b.remaining()];
        b.get(bytes);
        out.writeBytes(bytes);
      }
    }
    return out.toByteArray();
  }

  private GetObject.Result opened(BucketName bucket, String key) {
    return new GetObject(services)
        .execute(
            CALL,
            new GetObject.Command(bucket, ObjectKey.of(key), null, ReadConditions.NONE, List.of()));
  }

  /** Sweeps every partition until nothing is left to do. */
  public void sweep() {
    SweepGarbage sweep = new SweepGarbage(services, bodies, List.of(new UploadLeftovers()));
    for (int n = 0; n < partitions; n++) {
      int steps = 0;
      while (sweep.step(new PartitionId(n), 1)) {
        assertThat(++steps).as("steps of a sweep").isLessThan(1_000);
      }
    }
  }

  /** How many keys of a space {@link #BUCKET}'s home holds. */
  public int keys(KeySpace space) {
    return home()
        .read(tx -> {
          int n = 0;
          try (EntryCursor c =
              tx.scan(KeyRange.prefix(new byte[] {(byte) space.prefix()}), Order.ASCENDING)) {
            while (c.next()) {
              n++;
            }
          }
          return n;
        });
  }

  /** Deletes an object. */
  public void delete(String key) {
    new DeleteObject(services)
        .execute(
            CALL,
            new DeleteObject.Command(BUCKET, ObjectKey.of(key), null, Preconditions.NONE, null));
  }

  /** Fails unless the action is refused with this code; gives the refusal. */
  public static AnvilException refused(String code, Runnable action) {
    Throwable thrown = catchThrowable(action::run);
    assertThat(thrown).isInstanceOf(AnvilException.class);
    assertThat(((AnvilException) thrown).code().wire()).isEqualTo(code);
    return (AnvilException) thrown;
  }

  @Override
  public void close() {
    open.close();
  }
}
