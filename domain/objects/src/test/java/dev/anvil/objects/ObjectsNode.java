package dev.anvil.objects;

import dev.anvil.authz.Access;
import dev.anvil.authz.Gate;
import dev.anvil.codec.JacksonJsonDocuments;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Scopes;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.exposure.BucketExposures;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.testkit.ManualClock;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import dev.anvil.ports.testkit.TestPartitions;
import dev.anvil.storage.volumes.VolumeBodyStore;
import dev.anvil.storage.volumes.VolumeLimits;
import dev.anvil.waist.LocalPartitions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A node of this subject on memory, which can be restarted and crashed. */
final class ObjectsNode implements AutoCloseable {
  static final Call CALL = call(7, "acme");
  static final BucketName DOCS = new BucketName("docs");

  final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T10:00:00Z"));
  final MemoryDisk disk = new MemoryDisk();
  final MemoryBackend backend = new MemoryBackend(disk);
  private final int count;
  private int boots;
  LocalPartitions partitions;
  VolumeBodyStore bodies;
  ObjectServices services;
  BucketExposures exposures;

  ObjectsNode(int count) {
    this.count = count;
    start();
  }

  ObjectsNode() {
    this(3);
  }

  static Call call(long tenantId, String tenant) {
    return new Call(Caller.application(tenantId, tenant, tenant + "-app", Scopes.ALL), "req-1");
  }

  private void start() {
    boots++;
    partitions = LocalPartitions.open(backend, count, TestPartitions.runtime(clock));
    bodies =
        VolumeBodyStore.open(
            disk,
            () -> backend.openEngine(VolumeBodyStore.INDEX_FOLDER),
            new SplittableRandom(boots),
            VolumeLimits.DEFAULT,
            finding -> {});
    BucketDirectory buckets = new BucketDirectory(partitions);
    exposures = new BucketExposures(buckets, partitions);
    services =
        new ObjectServices(
            partitions,
            bodies,
            new Access(Meters.none(), (call, action, resource) -> {}, Gate.OPEN, exposures),
            buckets,
            new Incarnation(0x1234ABCD),
            clock,
            new JacksonJsonDocuments(),
            new Attempts(),
            new ReadPins());
  }

  /** Stops in good order and starts again. */
  void restart() {
    partitions.close();
    bodies.close();
    start();
  }

  /** The machine stops: what is not synced is gone. */
  void crash() {
    backend.crashStores();
    disk.crash();
    partitions.close();
    bodies.close();
    start();
  }

  Partition partition(int n) {
    return partitions.get(new PartitionId(n));
  }

  BucketRef ref(BucketName bucket) {
    return services.buckets().find(bucket).ref(bucket);
  }

  Partition home(BucketName bucket) {
    return partitions.get(ref(bucket).partition());
  }

  void createBucket(BucketName name, Versioning versioning) {
    createBucket(name, versioning, Quota.UNLIMITED);
  }

  void createBucket(BucketName name, Versioning versioning, Quota quota) {
    BucketSettings s = new BucketSettings("local", versioning, Labels.bucketTags(Map.of()), quota);
    new CreateBucket(services).execute(CALL, new CreateBucket.Command(name, s, null));
  }

  void versioning(BucketName name, Versioning versioning) {
    new UpdateBucket(services)
        .execute(CALL, new UpdateBucket.Command(name, versioning, null, null, null));
  }

  static PutObject.Command put(String key, byte[] content) {
    return put(key, content, Preconditions.NONE, null);
  }

  static PutObject.Command put(
      String key, byte[] content, Preconditions preconditions, IdempotencyKey idempotency) {
    return new PutObject.Command(
        DOCS,
        ObjectKey.of(key),
        new ByteArrayInputStream(content),
        content.length,
        ContentHeaders.ofType("text/plain"),
        Map.of(),
        null,
        Map.of(),
        ExpectedDigests.NONE,
        preconditions,
        idempotency);
  }

  Receipt put(String key, String content) {
    return execute(put(key, content.getBytes(StandardCharsets.UTF_8)));
  }

  Receipt execute(PutObject.Command command) {
    return new PutObject(services).execute(CALL, command).receipt();
  }

  Receipt delete(String key, String version) {
    DeleteObject.Command c =
        new DeleteObject.Command(DOCS, ObjectKey.of(key), version, Preconditions.NONE, null);
    return new DeleteObject(services).execute(CALL, c).receipt();
  }

  GetObject.Result open(String key, String version) {
    return new GetObject(services)
        .execute(
            CALL,
            new GetObject.Command(
                DOCS, ObjectKey.of(key), version, ReadConditions.NONE, List.of()));
  }

  byte[] get(String key, String version) {
    GetObject.Result result = open(key, version);
    try (ObjectContent content = result.content()) {
      return bytes(content.open());
    }
  }

  String text(String key) {
    return new String(get(key, null), StandardCharsets.UTF_8);
  }

  static byte[] bytes(BodyReader from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BodyReader reader = from) {
      for (ByteBuffer b = reader.next(); b != null; b = reader.next()) {
        byte[] some = new byte[b.remaining()];
        b.get(some);
        out.writeBytes(some);
      }
    }
    return out.toByteArray();
  }

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  ListObjects.Result list(String prefix, String delimiter, String after, int limit, String token) {
    ListObjects.Command c =
        new ListObjects.Command(
            DOCS, utf8(prefix), utf8(delimiter), after == null ? null : utf8(after), limit, token);
    return new ListObjects(services).execute(CALL, c);
  }

  ListVersions.Result versions(String prefix, String delimiter, int limit, String token) {
    ListVersions.Command c =
        new ListVersions.Command(DOCS, utf8(prefix), utf8(delimiter), null, null, limit, token);
    return new ListVersions(services).execute(CALL, c);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  BucketInfo info() {
    return new GetBucket(services).execute(CALL, new GetBucket.Command(DOCS)).info();
  }

  /** Sweeps every partition until nothing is left to do. */
  void sweep() {
    SweepGarbage sweep = new SweepGarbage(services, bodies, List.of());
    for (int n = 0; n < count; n++) {
      int steps = 0;
      while (sweep.step(new PartitionId(n), 1)) {
        if (++steps > 10_000) {
          throw new AssertionError("the sweep does not end");
        }
      }
    }
  }

  @Override
  public void close() {
    partitions.close();
    bodies.close();
  }
}
